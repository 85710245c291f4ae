"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { Panel, PanelHead } from "@/components/ui/panel";
import type { MatrixGroup } from "@/lib/roles/matrix";
import type { HeldOperation } from "@/lib/roles/schema";
import { summaryOf } from "@/lib/roles/summary";

type RoleSummaryProps = { matrix: MatrixGroup[]; value: HeldOperation[]; className?: string };

/** What the role lets its holder do, in sentences, as it is chosen. */
export function RoleSummary({ matrix, value, className }: RoleSummaryProps) {
  const summary = useMemo(() => summaryOf(matrix, value), [matrix, value]);
  const told = useTold(summary.flatMap(({ sentences }) => sentences));
  return (
    <Panel aria-labelledby="summary-title" className={className}>
      <PanelHead titleId="summary-title" title="Summary" hint="by this role only" />
      <div className="grid gap-2 px-4 pb-4 text-ui text-ink-2">
        {summary.map(({ reach, sentences }) => (
          <p key={reach} className={cn("wrap-break-word", reach === "none" && "text-muted")}>
            {sentences.join(" ")}
          </p>
        ))}
        {summary.length === 0 && <p className="text-muted">It doesn't grant anything yet.</p>}
      </div>
      <p role="status" className="sr-only">
        {told}
      </p>
    </Panel>
  );
}

/** The sentences that are new, once choosing has paused: not each step of a key through a list. */
function useTold(sentences: string[]): string {
  const [told, setTold] = useState("");
  const before = useRef(sentences);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text of the sentences identifies the list of them
  useEffect(() => {
    const timer = setTimeout(() => {
      const fresh = sentences.filter((sentence) => !before.current.includes(sentence));
      const gone = before.current.filter((sentence) => !sentences.includes(sentence));
      before.current = sentences;
      if (fresh.length > 0) setTold(fresh.join(" "));
      else if (gone.length > 0) setTold(`No longer: ${gone.join(" ")}`);
    }, 1000);
    return () => clearTimeout(timer);
  }, [sentences.join(" ")]);
  return told;
}
