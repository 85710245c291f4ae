import { HeadCell } from "@/components/list/table";
import { Cell } from "@/components/list/table-rows";
import { endingWords } from "@/components/sessions/ending-words";
import { SessionFrame } from "@/components/sessions/session-frame";
import { Time } from "@/components/ui/time";
import type { EndedSession } from "@/lib/sessions/queries";

/** Sessions of one person that have ended: when, why and by whom. */
export function EndedSessions({ sessions, zone, now }: { sessions: EndedSession[]; zone: string; now: Date }) {
  return (
    <SessionFrame
      label="Ended sessions"
      sessions={sessions}
      zone={zone}
      now={now}
      heads={
        <>
          <HeadCell>Ended</HeadCell>
          <HeadCell>How</HeadCell>
        </>
      }
      cells={(session) => (
        <>
          <Cell card="status">
            <Time at={session.endedAt} zone={zone} now={now} />
          </Cell>
          <Cell card="foot-end">{endingWords(session)}</Cell>
        </>
      )}
    />
  );
}
