"use client";
import type { ReactNode } from "react";
import type { Heads } from "@/components/list/heads-of";
import { type Columns, ListTable } from "@/components/list/list-table";
import { MoreButton } from "@/components/list/more-button";
import type { Packed } from "@/components/list/packed";
import { PackedActions } from "@/components/list/row-actions";
import { useUnpacked } from "@/components/list/use-unpacked";
import { Avatar } from "@/components/ui/avatar";
import { late } from "@/components/ui/late";
import { Time } from "@/components/ui/time";
import { UserStatus } from "@/components/users/user-status";
import type { memberList } from "@/lib/groups/filters";
import type { ListedMember } from "@/lib/groups/members";

const fetchMenu = () => import("@/components/groups/member-menu");
const MemberMenu = late(() => fetchMenu().then((module) => module.MemberMenu));

type MemberListProps = {
  group: { id: string; name: string };
  heads: Heads<typeof memberList>;
  rows: Packed<ListedMember[]>;
  zone: string;
  now: Date;
  /** Shown where nobody is listed. */
  empty: ReactNode;
};

export function MemberList({ group, heads, rows, zone, now, empty }: MemberListProps) {
  const columns: Columns<typeof memberList, ListedMember> = {
    name: { width: "w-[26%]", card: "name", cell: (member) => <NameCell member={member} /> },
    username: { width: "w-[16%]", priority: 2, card: "off", cell: ({ username }) => username },
    email: { cell: ({ email }) => email },
    status: {
      width: "w-[110px]",
      card: "status",
      state: true,
      cell: ({ status }) => <UserStatus status={status} />,
    },
    endsAt: {
      width: "w-[110px]",
      card: "foot",
      cell: ({ endsAt }) =>
        endsAt ? (
          <>
            <span className="s:hidden">until </span>
            <Time at={endsAt} zone={zone} now={now} form="date" />
          </>
        ) : (
          <span className="text-muted">No end</span>
        ),
    },
    actions: {
      width: "w-[112px]",
      hidden: true,
      card: "foot-end",
      className: "overflow-visible",
      cell: ({ id, name }) => (
        <PackedActions>
          <MoreButton id={id} about={name} />
        </PackedActions>
      ),
    },
  };
  const members = useUnpacked(rows);
  return (
    <ListTable
      heads={heads}
      label={`Members of ${group.name}`}
      columns={columns}
      rows={members}
      idOf={({ id }) => id}
      empty={empty}
      covered
      fetchMenu={fetchMenu}
      menu={(pressed) => {
        const member = members.find(({ id }) => id === pressed.id);
        return member && <MemberMenu key={member.id} {...{ pressed, group, member }} />;
      }}
    />
  );
}

function NameCell({ member: { id, name, username, email, by, picture } }: { member: ListedMember }) {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar id={id} name={name} picture={picture} className="max-s:hidden" />
      <a
        href={`/admin/users/${id}`}
        title={[name, username, email].filter(Boolean).join(", ")}
        className="min-w-0 truncate rounded-sm font-medium text-ink after:absolute after:inset-0"
      >
        {name}
      </a>
      {by && <span className="min-w-0 truncate text-xs text-muted">by {by}</span>}
    </span>
  );
}
