import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from "@/components/list/table";
import { Time } from "@/components/ui/time";
import type { EndedSession } from "@/lib/sessions/queries";

interface EndedSessionTableProps {
  sessions: EndedSession[];
  zone: string;
  now: Date;
}

export function EndedSessionTable({ sessions, zone, now }: EndedSessionTableProps) {
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
            <Cell>{howItEnded(session)}</Cell>
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

const howItEnded = ({ reason, endedBy }: EndedSession) =>
  endedBy && reason !== "signed_out" ? `${ways[reason]} by ${endedBy.name}` : ways[reason];
