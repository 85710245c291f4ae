import type { ReactNode } from "react";
import { Chip } from "@/components/ui/chip";
import type { ListedRole } from "@/lib/people/rows";
import { roleWords } from "./role-words";

type RolesCellProps = {
  roles: ListedRole[];
  /** For a narrow column: additional roles are a number, with their names on hover and on focus. */
  brief?: boolean;
};

/** Roles in force: the primary one in words, additional ones as a chip; one that comes through a group says which. */
export function RolesCell({ roles, brief = false }: RolesCellProps) {
  const primary = roles.find(({ kind }) => kind === "primary");
  const additional = roles.filter((role) => role !== primary);
  const first = brief ? undefined : additional[0];
  const others = brief ? additional : additional.slice(1);
  return (
    <span className="flex min-w-0 items-center gap-2">
      {primary && (
        <span className="max-w-full flex-none truncate" title={primary.name}>
          {primary.name}
        </span>
      )}
      {first && <AdditionalRole role={first} />}
      {others.length > 0 && (
        <Hint text={others.map(roleWords).join("; ")} seen={`+${others.length}: `}>
          <span className="text-muted">+{others.length}</span>
        </Hint>
      )}
    </span>
  );
}

function AdditionalRole({ role }: { role: ListedRole }) {
  if (role.groups.length === 0)
    return (
      <Chip className="min-w-0" title={role.name}>
        {role.name}
      </Chip>
    );
  return (
    <Hint text={roleWords(role)}>
      <Chip icon="users-round" look="line">
        {role.name}
      </Chip>
    </Hint>
  );
}

/** Words that come on hover and on focus; it lies above the link that covers the row. */
function Hint({ text, seen = "", children }: { text: string; seen?: string; children: ReactNode }) {
  return (
    <button
      type="button"
      data-tip={text}
      aria-label={seen + text}
      className="relative z-10 flex min-h-6 min-w-6 cursor-default items-center rounded-sm"
    >
      {children}
    </button>
  );
}
