import { UsersRound } from "lucide-react";
import { Chip } from "@/components/ui/chip";
import { Tooltip } from "@/components/ui/tooltip";
import type { ListedRole } from "@/lib/users/list/rows";

/** Roles in force: the primary one in words, additional ones as chips; one that comes through a group says which. */
export function RolesCell({ roles }: { roles: ListedRole[] }) {
  const primary = roles.find(({ kind }) => kind === "primary");
  const additional = roles.filter((role) => role !== primary);
  return (
    <span className="flex min-w-0 items-center gap-2">
      {primary && (
        <span className="truncate" title={primary.name}>
          {primary.name}
        </span>
      )}
      {additional.map((role) =>
        role.groups.length > 0 ? (
          <ThroughGroup key={role.id} role={role} />
        ) : (
          <Chip key={role.id} className="flex-none">
            {role.name}
          </Chip>
        ),
      )}
    </span>
  );
}

function ThroughGroup({ role }: { role: ListedRole }) {
  const through = `${role.name}, through ${role.groups.join(" and ")}`;
  return (
    <Tooltip text={through}>
      <button type="button" aria-label={through} className="relative z-10 flex-none cursor-default rounded-sm">
        <Chip icon={UsersRound} look="line">
          {role.name}
        </Chip>
      </button>
    </Tooltip>
  );
}
