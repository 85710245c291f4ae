import { Moon } from "lucide-react";
import { OriginChip } from "@/components/access/origin-chip";
import { HeadCell, Table, TableHead } from "@/components/list/table";
import { Cell, TableBody, TableRow } from "@/components/list/table-rows";
import { Panel, PanelHead } from "@/components/ui/panel";
import { type Access, type EffectiveRole, operationsIn, type Scope } from "@/lib/authz/model";
import type { Voice } from "@/lib/authz/scope-words";
import { isOperation } from "@/lib/operations";

type EffectiveRolesProps = { voice: Voice; access: Access; clock: { zone: string; now: Date } };

/** What somebody holds at this moment: each role with every origin (R6), dormant ones with what they need (R5). */
export function EffectiveRoles({ voice, access, clock }: EffectiveRolesProps) {
  return (
    <Panel>
      <PanelHead
        title="Effective roles"
        hint={`what ${voice.whom} ${voice.self ? "hold" : "holds"} now, and from where`}
      />
      <Table label="Effective roles" className="gives-way border-t border-line [&_th]:rounded-none">
        <TableHead>
          <HeadCell>Role</HeadCell>
          <HeadCell>Reaches</HeadCell>
          <HeadCell>From</HeadCell>
        </TableHead>
        <TableBody>
          {access.roles.map((role) => (
            <TableRow key={role.id}>
              <Cell card="name">
                <span className="font-medium text-ink">{role.name}</span>
                {role.kind === "primary" && <span className="text-muted"> primary</span>}
              </Cell>
              <Cell card="line">
                {role.inForce ? (
                  reach(role, access, voice)
                ) : (
                  <span className="inline-flex items-center gap-1.5 text-warning">
                    <Moon aria-hidden className="size-3.5 stroke-2" />
                    not in force: needs {role.needs.join(" or ")}
                  </span>
                )}
              </Cell>
              <Cell card="line">
                <span className="flex flex-wrap gap-1">
                  {role.origins.map((origin) => (
                    <OriginChip key={origin.groupId ?? "direct"} origin={origin} clock={clock} />
                  ))}
                </span>
              </Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
}

function reach(role: EffectiveRole, access: Access, voice: Voice): string {
  const words: Record<Scope, string> = {
    all: "everyone",
    reports: `people below ${voice.whom}`,
    owned_groups: `members of ${voice.whose} groups`,
    self: "own account",
  };
  const own = operationsIn(role, access.appOperations).filter(({ operation }) => isOperation(operation));
  const held = new Set(own.map(({ scope }) => scope));
  const scopes = (["all", "reports", "owned_groups", "self"] as const).filter((scope) => held.has(scope));
  return scopes.map((scope) => words[scope]).join(", ") || "the product only";
}
