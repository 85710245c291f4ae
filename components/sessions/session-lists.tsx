import { EndedSessions } from "@/components/sessions/ended-sessions";
import { limitWords } from "@/components/sessions/limit-words";
import { LogoutAllButton } from "@/components/sessions/logout-all-button";
import { SessionTable } from "@/components/sessions/session-table";
import { Empty } from "@/components/ui/empty";
import { Panel, PanelFoot, PanelHead } from "@/components/ui/panel";
import type { SessionLists as Lists } from "@/lib/sessions/queries";

interface SessionListsProps {
  person: { id: string; name: string };
  lists: Lists;
  zone: string;
  now: Date;
  /** Why the viewer cannot end them. */
  reason?: string | undefined;
}

/** The sessions of one person: the open ones with what ends them, and those of the last 30 days that have ended. */
export function SessionLists({ person, lists: { live, ended, most, limits }, zone, now, reason }: SessionListsProps) {
  const own = live.some((session) => session.own);
  const others = live.filter((session) => !session.own).length;
  return (
    <div className="grid gap-4">
      <Panel aria-labelledby="open-sessions">
        <PanelHead
          title="Open sessions"
          titleId="open-sessions"
          hint={live.length === most ? `the ${most} seen last` : live.length}
          actions={others > 0 && <LogoutAllButton person={person} others={others} own={own} reason={reason} />}
        />
        <SessionTable
          sessions={live}
          person={person}
          zone={zone}
          now={now}
          reason={reason}
          empty={
            live.length === 0 && (
              <Empty icon="monitor-smartphone" title="No open session">
                {person.name} is not signed in anywhere.
              </Empty>
            )
          }
        />
        <PanelFoot>
          {limitWords(limits)}
          {reason && live.length > 0 && <span className="text-ink-2">{reason}</span>}
        </PanelFoot>
      </Panel>
      <Panel aria-labelledby="ended-sessions">
        <PanelHead
          title="Ended in the last 30 days"
          titleId="ended-sessions"
          hint={ended.length === most ? `the ${most} latest` : ended.length}
        />
        {ended.length > 0 ? (
          <EndedSessions sessions={ended} zone={zone} now={now} />
        ) : (
          <Empty icon="monitor-smartphone" title="No session has ended" />
        )}
      </Panel>
    </div>
  );
}
