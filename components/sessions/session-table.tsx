import { CircleCheck, CircleDashed } from "lucide-react";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { ActionButton } from "@/components/form/action-button";
import { Cell, HeadCell, RowActions } from "@/components/list/table";
import { SessionFrame } from "@/components/sessions/session-frame";
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

/** Open sessions of one person, each with what ends it. */
export function SessionTable({ sessions, zone, now, reason }: SessionTableProps) {
  return (
    <SessionFrame
      label="Open sessions"
      sessions={sessions}
      zone={zone}
      now={now}
      heads={
        <>
          <HeadCell>Last seen</HeadCell>
          <HeadCell>
            <span className="sr-only">Actions</span>
          </HeadCell>
        </>
      }
      mark={({ own, halfway }) => (
        <>
          {own && (
            <Status tone="positive" icon={CircleCheck} className="ml-2 text-xs">
              This session
            </Status>
          )}
          {halfway && (
            <Status tone="warning" icon={CircleDashed} className="ml-2 text-xs">
              Second step not taken
            </Status>
          )}
        </>
      )}
      cells={(session) => (
        <>
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
                  aria-description={`${session.device}, ${session.address}`}
                >
                  Logout
                </ActionButton>
              )}
            </RowActions>
          </Cell>
        </>
      )}
    />
  );
}
