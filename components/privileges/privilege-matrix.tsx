import { Check } from "lucide-react";
import { Fragment } from "react";
import { cn } from "@/components/ui/class-names";
import type { PrivilegeCell, PrivilegeRole, PrivilegeRow, Privileges } from "@/lib/roles/privileges";
import { everythingNote, scopeMark } from "@/lib/roles/scopes";

const kindOf = ({ kind, rank, builtIn }: PrivilegeRole) =>
  kind === "primary" ? `primary, rank ${rank}` : builtIn ? "built in, computed" : "additional";

/** So many roles fit beside each other in most windows; more of them, or less room, scroll in a frame of their own. */
const fitting = 8;

/** Roles across, operations down; the head and the first column stay in sight. On phones one role is read at a time. */
export function PrivilegeMatrix({ privileges }: { privileges: Privileges }) {
  const { roles, groups } = privileges;
  return (
    <div className="@container max-s:hidden print:block!">
      <div
        className={cn(
          "rounded-lg border border-line print:max-h-none print:overflow-visible print:border-0",
          roles.length > fitting
            ? "relative max-h-[calc(100dvh-120px)] overflow-auto"
            : "@max-[900px]:relative @max-[900px]:max-h-[calc(100dvh-120px)] @max-[900px]:overflow-auto",
        )}
      >
        <table aria-label="Privileges" className="privileges w-full border-separate border-spacing-0 text-xs">
          <thead>
            <tr>
              <th
                scope="col"
                className="sticky top-0 left-0 z-20 min-w-64 print:static print:min-w-0 rounded-tl-[9px] border-r border-b border-line bg-canvas px-4 py-2 text-left align-bottom font-medium text-muted"
              >
                Operation
              </th>
              {roles.map((role) => (
                <th
                  key={role.id}
                  scope="col"
                  className="sticky top-0 z-10 min-w-20 print:static print:min-w-0 print:px-1 max-w-40 wrap-anywhere border-b border-line bg-canvas px-2 py-2 text-left align-bottom font-medium last:rounded-tr-[9px]"
                >
                  <a href={`/admin/roles/${role.id}`} className="rounded-sm hover:underline">
                    {role.name}
                  </a>
                  <span className="block text-2xs font-normal text-muted">{kindOf(role)}</span>
                </th>
              ))}
            </tr>
          </thead>
          {groups.map(({ noun, rows }) => (
            <tbody key={noun}>
              <tr>
                <th
                  scope="rowgroup"
                  colSpan={roles.length + 1}
                  className="border-b border-line bg-sunken px-4 py-1.5 text-left font-semibold"
                >
                  <span className="sticky left-4">{noun}</span>
                </th>
              </tr>
              {rows.map((row) => (
                <MatrixRow key={row.operation} row={row} roles={roles} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </div>
  );
}

function MatrixRow({ row, roles }: { row: PrivilegeRow; roles: PrivilegeRole[] }) {
  return (
    <tr className="group/row">
      <th
        scope="row"
        className="sticky left-0 z-[5] print:static border-r border-b border-line bg-surface px-4 py-1.5 text-left font-normal group-hover/row:bg-hover"
      >
        <a href={`/admin/privileges/${row.operation}`} className="rounded-sm text-ui text-ink hover:underline">
          {row.sentence}
        </a>
        <span className="block font-mono text-2xs text-muted">{row.operation}</span>
        {row.everything && <span className="block text-2xs text-muted">{everythingNote}</span>}
      </th>
      {roles.map((role, at) => (
        <td key={role.id} className="border-b border-line bg-surface px-2 py-1.5 text-ink-2 group-hover/row:bg-hover">
          <Held row={row} cell={row.held[at] ?? { carried: [], through: [] }} />
        </td>
      ))}
    </tr>
  );
}

/** Held for whom, as short words; a tick where it concerns nobody in particular. In italics what another one brings. */
function Held({ row, cell: { carried, through } }: { row: PrivilegeRow; cell: PrivilegeCell }) {
  if (carried.length + through.length === 0)
    return (
      <>
        <span aria-hidden className="text-muted">
          –
        </span>
        <span className="sr-only">no</span>
      </>
    );
  return [...carried, ...through].map((scope, index) => {
    const word = scopeMark(row, scope);
    return (
      <Fragment key={scope}>
        {index > 0 && ", "}
        {word === "yes" ? (
          <>
            <Check aria-hidden className="inline size-3.5 stroke-2 text-positive" />
            <span className="sr-only">yes</span>
          </>
        ) : carried.includes(scope) ? (
          <span className={scope === "all" ? "font-medium text-ink" : undefined}>{word}</span>
        ) : (
          <i title={`through "${row.under}"`}>{word}</i>
        )}
      </Fragment>
    );
  });
}
