import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from "@/components/list/table";
import { Time } from "@/components/ui/time";
import type { EndedSession } from "@/lib/sessions/queries";

interface EndedSessionTableProps {
  sessions: EndedSession[];
  /** Whose they are. */
  userId: string;
  zone: string;
  now: Date;
}

export function EndedSessionTable({ sessions, userId, zone, now }: EndedSessionTableProps) {
  return (
    <Table label="Ended sessions">
      <TableHead>
        <HeadCell>Device</HeadCell>
        <HeadCell>Address</HeadCell>
        <HeadCell priority={2}>Started</HeadCell>
        <HeadCell>Ended</HeadCell>
        <HeadCell>How</HeadCell>
      </TableHead>
      <TableBody>
        {sessions.map((session) => (
          <TableRow key={session.id}>
            <Cell card="name" title={session.agent} className="font-medium text-ink">
              {session.device}
            </Cell>
            <Cell className="tabular-nums">{session.address}</Cell>
            <Cell priority={2} card="off">
              <Time at={session.startedAt} zone={zone} now={now} />
            </Cell>
            <Cell card="status">
              <Time at={session.endedAt} zone={zone} now={now} />
            </Cell>
            <Cell>{howItEnded(session, userId)}</Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const ways: Record<EndedSession["reason"], string> = {
  signed_out: "Signed out",
  ended: "Logged out",
  password_changed: "Password changed",
  disabled: "Account disabled",
  archived: "Account removed",
  expired: "Open for 30 days, the limit",
  idle: "Idle for 12 hours",
};

function howItEnded({ reason, endedBy }: EndedSession, userId: string): string {
  const way = ways[reason];
  if (!endedBy || reason === "signed_out") return way;
  return endedBy.id === userId ? `${way} by the user` : `${way} by ${endedBy.name}`;
}
