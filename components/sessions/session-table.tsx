import { CircleCheck } from "lucide-react";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { ActionButton } from "@/components/form/action-button";
import { Cell, HeadCell, RowActions, Table, TableBody, TableHead, TableRow } from "@/components/list/table";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { endSessionAction } from "@/lib/sessions/actions";
import type { LiveSession } from "@/lib/sessions/queries";

interface SessionTableProps {
  sessions: LiveSession[];
  zone: string;
  now: Date;
  /** Why they cannot be ended by whoever looks. */
  reason: string | undefined;
}

export function SessionTable({ sessions, zone, now, reason }: SessionTableProps) {
  return (
    <Table label="Open sessions">
      <TableHead>
        <HeadCell>Device</HeadCell>
        <HeadCell>Address</HeadCell>
        <HeadCell priority={2}>Started</HeadCell>
        <HeadCell>Last seen</HeadCell>
        <HeadCell>
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {sessions.map((session) => (
          <TableRow key={session.id}>
            <Cell card="name" title={session.agent} className="font-medium text-ink">
              {session.device}
              {session.own && (
                <Status tone="positive" icon={CircleCheck} className="ml-2 text-xs">
                  This session
                </Status>
              )}
            </Cell>
            <Cell card="foot" className="tabular-nums">
              {session.address}
            </Cell>
            <Cell priority={2} card="off">
              <Time at={session.startedAt} zone={zone} now={now} />
            </Cell>
            <Cell card="status">
              <Time at={session.lastSeenAt} zone={zone} now={now} />
            </Cell>
            <Cell card="foot-end">
              <RowActions always>
                {session.own ? (
                  <SignOutButton size="s" />
                ) : (
                  <ActionButton
                    size="s"
                    action={endSessionAction}
                    input={{ id: session.id }}
                    reason={reason}
                    aria-label={`Logout ${session.device}, ${session.address}`}
                  >
                    Logout
                  </ActionButton>
                )}
              </RowActions>
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
