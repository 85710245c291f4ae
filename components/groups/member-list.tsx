"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { MemberMenu } from "@/components/groups/member-menu";
import { Cell, HeadCell, RowActions, Table, TableBody, TableHead, TableRow } from "@/components/list/table";
import { Avatar } from "@/components/ui/avatar";
import { Time } from "@/components/ui/time";
import { UserStatus } from "@/components/users/user-status";
import type { ListedMember } from "@/lib/groups/members";

type MemberListProps = {
  group: { id: string; name: string };
  rows: ListedMember[];
  zone: string;
  now: Date;
  /** Stands there where nobody is listed. */
  empty: ReactNode;
};

export function MemberList({ group, rows, zone, now, empty }: MemberListProps) {
  return (
    <Table label={`Members of ${group.name}`} empty={empty} className="s:table-fixed">
      <TableHead>
        <HeadCell className="w-[26%]">Name</HeadCell>
        <HeadCell priority={2} className="w-[16%]">
          Username
        </HeadCell>
        <HeadCell>Email</HeadCell>
        <HeadCell className="w-[110px]">Status</HeadCell>
        <HeadCell className="w-[110px]">Until</HeadCell>
        <HeadCell className="w-[112px]">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {rows.map((member) => (
          <MemberRow key={member.id} group={group} member={member} zone={zone} now={now} />
        ))}
      </TableBody>
    </Table>
  );
}

type MemberRowProps = Omit<MemberListProps, "rows" | "empty"> & { member: ListedMember };

function MemberRow({ group, member, zone, now }: MemberRowProps) {
  return (
    <TableRow className="s:relative">
      <Cell card="name">
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar id={member.id} name={member.name} className="max-s:hidden" />
          <Link
            href={`/admin/users/${member.id}`}
            prefetch={false}
            title={`${member.name}, ${member.username}, ${member.email}`}
            className="min-w-0 truncate rounded-sm font-medium text-ink after:absolute after:inset-0"
          >
            {member.name}
          </Link>
          {member.by && <span className="min-w-0 truncate text-xs text-muted">by {member.by}</span>}
        </span>
      </Cell>
      <Cell priority={2} card="off">
        {member.username}
      </Cell>
      <Cell>{member.email}</Cell>
      <Cell card="status" state>
        <UserStatus status={member.status} />
      </Cell>
      <Cell card="foot">
        {member.endsAt ? (
          <>
            <span className="s:hidden">until </span>
            <Time at={member.endsAt} zone={zone} now={now} form="date" />
          </>
        ) : (
          <span className="text-muted">No end</span>
        )}
      </Cell>
      <Cell card="foot-end" className="overflow-visible">
        <RowActions>
          <span className="relative z-10 flex gap-1">
            <MemberMenu group={group} member={{ id: member.id, name: member.name }} />
          </span>
        </RowActions>
      </Cell>
    </TableRow>
  );
}
