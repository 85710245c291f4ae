import Link from "next/link";
import { Cell, RowActions, TableRow } from "@/components/list/table";
import { Avatar } from "@/components/ui/avatar";
import { LinkButton } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import { Tooltip } from "@/components/ui/tooltip";
import type { ListedUser } from "@/lib/people/rows";
import { RolesCell } from "./roles-cell";
import { RowMenu } from "./row-menu";
import { UserStatus } from "./user-status";

/** What the viewer may do at all; each person's page decides for that person. */
export type ListAbilities = { edit: boolean; clients: boolean; activity: boolean };

type UserRowProps = { user: ListedUser; may: ListAbilities; zone: string; now: Date };

/** One person. The link on the name covers the whole row; what can be pressed besides lies above it. */
export function UserRow({ user, may, zone, now }: UserRowProps) {
  const href = `/admin/users/${user.id}`;
  return (
    <TableRow className="s:relative">
      <Cell card="name">
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar id={user.id} name={user.name} picture={user.picture} className="max-s:hidden" />
          <Link
            href={href}
            prefetch={false}
            title={`${user.name}, ${user.username}, ${user.email}`}
            className="min-w-0 truncate rounded-sm font-medium text-ink after:absolute after:inset-0"
          >
            {user.name}
          </Link>
        </span>
      </Cell>
      <Cell priority={2} card="off">
        {user.username}
      </Cell>
      <Cell>{user.email}</Cell>
      <Cell card="foot">
        <RolesCell roles={user.roles} />
      </Cell>
      <Cell priority={3} card="off">
        {user.configuration}
      </Cell>
      <Cell priority={3} card="off">
        <GroupsCell groups={user.groups} />
      </Cell>
      <Cell card="status" state>
        <UserStatus status={user.status} />
      </Cell>
      <Cell priority={2} card="off" align="end">
        <span className="sr-only">
          {user.clients.registered} of {user.clients.total} registered
        </span>
        <span aria-hidden>
          {user.clients.registered} / {user.clients.total}
        </span>
      </Cell>
      <Cell card="foot-end">
        {user.lastSignInAt ? (
          <Time at={user.lastSignInAt} zone={zone} now={now} />
        ) : (
          <span className="text-muted">Never</span>
        )}
      </Cell>
      <Cell card="off" className="overflow-visible">
        <RowActions>
          <span className="relative z-10 flex gap-1">
            <LinkButton size="s" href={href} prefetch={false} aria-description={user.name}>
              {may.edit ? "Edit" : "Open"}
            </LinkButton>
            <RowMenu user={{ id: user.id, name: user.name }} may={may} />
          </span>
        </RowActions>
      </Cell>
    </TableRow>
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
