import type { ReactNode } from "react";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { HeadCell } from "@/components/list/table";
import { Cell, RowActions } from "@/components/list/table-rows";
import { LogoutButton } from "@/components/sessions/logout-button";
import { SessionFrame } from "@/components/sessions/session-frame";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import type { LiveSession } from "@/lib/sessions/queries";

interface SessionTableProps {
  sessions: LiveSession[];
  person: { name: string };
  zone: string;
  now: Date;
  /** Why the viewer cannot end them. */
  reason: string | undefined;
  /** Shown where none is open. */
  empty: ReactNode;
}

/** Open sessions of one person, each with what ends it. */
export function SessionTable({ sessions, person, zone, now, reason, empty }: SessionTableProps) {
  return (
    <SessionFrame
      label="Open sessions"
      empty={empty}
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
            <Status tone="positive" icon="circle-check" className="ml-2 text-xs!">
              This session
            </Status>
          )}
          {halfway && (
            <Status tone="warning" icon="circle-dashed" className="ml-2 text-xs!">
              Second step pending
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
                <LogoutButton
                  session={{ id: session.id, device: session.device, address: session.address }}
                  person={{ name: person.name }}
                  reason={reason}
                  about={`${session.device}, ${session.address}`}
                />
              )}
            </RowActions>
          </Cell>
        </>
      )}
    />
  );
}
