"use client";
import type { ReactNode } from "react";
import { Parts } from "@/components/audit/parts";
import { LinkButton } from "@/components/ui/button";
import { Panel, PanelHead } from "@/components/ui/panel";
import { TimeText } from "@/components/ui/time-text";
import type { LoggedEvent } from "@/lib/audit/event";
import type { Part } from "@/lib/audit/words";

/** An event: the actor's face, and its sentence. */
export type RecentChange = Pick<LoggedEvent, "id" | "at"> & { face: ReactNode; sentence: Part[] };

type RecentChangesProps = { changes: RecentChange[]; zone: string; now: Date };

export function RecentChanges({ changes, zone, now }: RecentChangesProps) {
  return (
    <Panel aria-labelledby="recent-changes">
      <PanelHead
        title="Recent changes"
        titleId="recent-changes"
        actions={
          <LinkButton variant="quiet" size="s" href="/admin/audit">
            Audit log
          </LinkButton>
        }
      />
      <ul className="divide-y divide-line border-t border-line">
        {changes.map((change) => (
          <li key={change.id} className="flex items-start gap-2.5 px-4 py-[9px] text-ui/[18px] text-ink-2 max-s:px-3.5">
            {change.face}
            <p className="min-w-0 flex-1 pt-[3px] wrap-break-word">
              <Parts parts={change.sentence} zone={zone} now={now} />
            </p>
            <TimeText at={change.at} zone={zone} now={now} className="pt-[3px] pl-2 text-xs text-muted" />
          </li>
        ))}
        {changes.length === 0 && <li className="px-4 py-4 text-ui text-muted">No changes in the last 30 days.</li>}
      </ul>
    </Panel>
  );
}
