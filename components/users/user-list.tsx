import Link from "next/link";
import type { ReactNode } from "react";
import { type Columns, ListTable } from "@/components/list/list-table";
import { RowActions } from "@/components/list/row-actions";
import { Avatar } from "@/components/ui/avatar";
import { LinkButton } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { Tooltip } from "@/components/ui/tooltip";
import type { ListedUser } from "@/lib/people/rows";
import { type UserFilters, userList } from "@/lib/users/filters";
import { RolesCell } from "./roles-cell";
import { type ListAbilities, RowMenu } from "./row-menu";
import { UserStatus } from "./user-status";

type UserListProps = {
  rows: ListedUser[];
  filters: UserFilters;
  may: ListAbilities;
  zone: string;
  now: Date;
  /** Stands there where nobody is listed. */
  empty: ReactNode;
};

export function UserList({ rows, filters, may, zone, now, empty }: UserListProps) {
  const columns: Columns<typeof userList, ListedUser> = {
    name: { width: "w-[14%] max-l:w-[22%]", card: "name", cell: (user) => <NameCell user={user} /> },
    username: {
      width: "w-[8.5%] max-l:w-[13%]",
      priority: 2,
      card: "off",
      cell: ({ username }) => username,
    },
    email: { cell: ({ email }) => email },
    roles: { width: "w-[18%] max-m:w-[24%]", card: "foot", cell: ({ roles }) => <RolesCell roles={roles} /> },
    configuration: { width: "w-[98px]", priority: 3, card: "off", cell: ({ configuration }) => configuration },
    groups: { width: "w-[8%]", priority: 3, card: "off", cell: ({ groups }) => <GroupsCell groups={groups} /> },
    status: { width: "w-[92px]", card: "status", state: true, cell: ({ status }) => <UserStatus status={status} /> },
    clients: {
      width: "w-[60px]",
      priority: 2,
      align: "end",
      card: "off",
      cell: ({ clients }) => <ClientsCell clients={clients} />,
    },
    lastSignInAt: {
      width: "w-[94px]",
      card: "foot-end",
      cell: ({ lastSignInAt }) =>
        lastSignInAt ? <Time at={lastSignInAt} zone={zone} now={now} /> : <span className="text-muted">Never</span>,
    },
    actions: {
      width: "w-[98px]",
      hidden: true,
      card: "off",
      className: "overflow-visible",
      cell: (user) => <ActionsCell user={user} may={may} />,
    },
  };
  return (
    <ListTable
      list={userList}
      label={filters.view === "archived" ? "Archived users" : userList.label}
      columns={columns}
      rows={rows}
      idOf={({ id }) => id}
      filters={filters}
      empty={empty}
      covered
    />
  );
}

const hrefOf = ({ id }: ListedUser) => `${userList.path}/${id}`;

/** The link covers the whole row; what can be pressed besides lies above it. */
function NameCell({ user }: { user: ListedUser }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar id={user.id} name={user.name} picture={user.picture} className="max-s:hidden" />
      <Link
        href={hrefOf(user)}
        prefetch={false}
        title={`${user.name}, ${user.username}, ${user.email}`}
        className="min-w-0 truncate rounded-sm font-medium text-ink after:absolute after:inset-0"
      >
        {user.name}
      </Link>
    </span>
  );
}

function ClientsCell({ clients: { registered, total } }: Pick<ListedUser, "clients">) {
  return (
    <>
      <span className="sr-only">
        {registered} of {total} registered
      </span>
      <span aria-hidden>
        {registered} / {total}
      </span>
    </>
  );
}

function ActionsCell({ user, may }: { user: ListedUser; may: ListAbilities }) {
  return (
    <RowActions>
      <span className="relative z-10 flex gap-1">
        <LinkButton size="s" href={hrefOf(user)} prefetch={false} aria-description={user.name}>
          {may.edit ? "Edit" : "Open"}
        </LinkButton>
        <RowMenu user={{ id: user.id, name: user.name }} may={may} />
      </span>
    </RowActions>
  );
}

/** The first group, and how many more; all of them on hover and focus. */
function GroupsCell({ groups: { names, count } }: { groups: ListedUser["groups"] }) {
  const first = names[0];
  if (!first) return <span className="text-muted">–</span>;
  if (count === 1) return <span title={first}>{first}</span>;
  const all = count > names.length ? `${names.join(", ")} and ${count - names.length} more` : names.join(", ");
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <span className="truncate">{first}</span>
      <Tooltip text={all}>
        <button
          type="button"
          aria-label={`Groups: ${all}`}
          className="relative z-10 flex min-h-6 min-w-6 flex-none cursor-default items-center rounded-sm text-muted"
        >
          +{count - 1}
        </button>
      </Tooltip>
    </span>
  );
}
