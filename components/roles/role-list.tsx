"use client";
import type { Heads } from "@/components/list/heads-of";
import { type Columns, ListTable } from "@/components/list/list-table";
import { RowActions } from "@/components/list/row-actions";
import { TotalFigure } from "@/components/list/total-figure";
import { LinkButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { counted } from "@/lib/lists/format-total";
import type { roleList } from "@/lib/roles/filters";
import type { ListedRole } from "@/lib/roles/list";
import { kindWords, peopleOf } from "./role-words";

type RoleListProps = {
  label: string;
  heads: Heads<typeof roleList>;
  roles: ListedRole[];
  mayEdit: boolean;
  mayCopy: boolean;
};

/** The ladder from the top, and then the additional roles by name. */
export function RoleList({ label, heads, roles, mayEdit, mayCopy }: RoleListProps) {
  const columns: Columns<typeof roleList, ListedRole> = {
    name: { card: "name", className: "s:py-1.5", cell: (role) => <NameCell role={role} /> },
    kind: { width: "w-[26%]", cell: (role) => <span title={kindWords(role)}>{kindWords(role)}</span> },
    operations: {
      width: "w-[92px]",
      align: "end",
      card: "foot",
      className: "max-s:text-left",
      cell: ({ operations }) => (
        <>
          {operations}
          <span className="s:hidden"> {operations === 1 ? "operation" : "operations"}</span>
        </>
      ),
    },
    people: {
      width: "w-[110px]",
      align: "end",
      card: "foot-end",
      cell: (role) => <PeopleCell role={role} />,
    },
    groups: {
      width: "w-[72px]",
      align: "end",
      card: "off",
      cell: ({ groups }) =>
        groups === 0 ? <span className="text-muted">–</span> : <span title={counted(groups, "group")}>{groups}</span>,
    },
    actions: {
      width: "w-[128px]",
      hidden: true,
      card: "off",
      className: "overflow-visible",
      cell: (role) => <ActionsCell role={role} mayEdit={mayEdit} mayCopy={mayCopy} />,
    },
  };
  const withPeople = roles.some(({ people }) => people !== null);
  return (
    <ListTable
      label={label}
      heads={heads}
      columns={columns}
      rows={roles}
      idOf={({ id }) => id}
      without={withPeople ? [] : ["people"]}
      covered
    />
  );
}

const path: (typeof roleList)["path"] = "/admin/roles";
const hrefOf = (role: ListedRole) => `${path}/${role.id}`;

function NameCell({ role }: { role: ListedRole }) {
  return (
    <>
      <span className="flex min-w-0 items-center gap-2">
        <a
          href={hrefOf(role)}
          title={role.name}
          className="min-w-0 truncate rounded-sm font-medium text-ink after:absolute after:inset-0"
        >
          {role.name}
        </a>
        {role.builtIn && <Chip>built in</Chip>}
      </span>
      {role.description && (
        <span className="block truncate text-xs text-muted" title={role.description}>
          {role.description}
        </span>
      )}
    </>
  );
}

function PeopleCell({ role: { id, name, people } }: { role: ListedRole }) {
  if (!people) return null;
  const words = (
    <>
      <span className="s:hidden">{peopleOf(people)}</span>
      <span className="max-s:hidden">
        <TotalFigure total={people} />
      </span>
    </>
  );
  if (people.value === 0) return words;
  return (
    <a href={`/admin/users?role=${id}`} aria-description={`People who hold ${name}`} className="link relative">
      {words}
    </a>
  );
}

function ActionsCell({ role, mayEdit, mayCopy }: Pick<RoleListProps, "mayEdit" | "mayCopy"> & { role: ListedRole }) {
  return (
    <RowActions>
      <LinkButton size="s" href={hrefOf(role)} aria-description={role.name}>
        {mayEdit && !role.builtIn ? "Edit" : "Open"}
      </LinkButton>
      {mayCopy && (
        <LinkButton size="s" variant="quiet" href={`${path}/new?copy=${role.id}`} aria-description={role.name}>
          Copy
        </LinkButton>
      )}
    </RowActions>
  );
}
