"use client";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Withdrawn } from "@/components/form/withdrawn";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Note } from "@/components/ui/note";
import { Panel, PanelFoot, PanelHead } from "@/components/ui/panel";
import { Radio } from "@/components/ui/radio-cards";
import { useReading } from "@/components/ui/reading";
import { exactTime } from "@/components/ui/time";
import type { Difference, OpenConflict } from "@/components/users/use-comparison";

type ComparisonProps = {
  conflict: OpenConflict;
  words: (field: string, value: unknown) => { label: string; words: ReactNode };
  onDiscard: () => void;
  onSave: (choice: Difference[]) => Promise<void>;
};

/** Two edits of one user, field by field, with a choice for each (U9). */
export function Comparison({ conflict, words, onDiscard, onSave }: ComparisonProps) {
  const [choice, setChoice] = useState(conflict.differences);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const head = useRef<HTMLDivElement>(null);
  const name = useId();
  const { zone, form } = useReading();

  useEffect(() => {
    setChoice(conflict.differences);
    head.current?.focus();
  }, [conflict]);

  async function save() {
    setPending(true);
    setProblem(null);
    try {
      await onSave(choice);
    } catch (error) {
      if (error instanceof Withdrawn) return;
      setProblem(error instanceof Error ? error.message : "The choice was not saved. Try again.");
    } finally {
      setPending(false);
    }
  }

  const theirs = conflict.self ? "Saved in another window" : `Saved by ${conflict.savedBy}`;
  const mine = conflict.self ? "This window" : "Yours";
  const pick = (field: string, side: Difference["pick"]) =>
    setChoice((before) => before.map((each) => (each.field === field ? { ...each, pick: side } : each)));

  return (
    <Panel className="max-w-[760px]" aria-label="Two edits of this user">
      <PanelHead title={conflict.self ? "You saved this user in another window" : "Somebody else saved this user"} />
      <div className="grid gap-3 px-4 pb-4">
        <div ref={head} tabIndex={-1} className="rounded-md">
          <Note tone="warning" role="alert" title={titleOf(conflict)}>
            {conflict.savedAt && `That was ${exactTime(new Date(conflict.savedAt), zone, form)}. `}
            Choose what to keep. Your changes have not been saved yet.
          </Note>
        </div>
        {problem && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
        <div className="overflow-hidden rounded-md border border-line text-ui">
          <div
            aria-hidden
            className="grid grid-cols-[128px_1fr_1fr] bg-canvas text-xs font-medium text-muted max-s:hidden"
          >
            <span className="px-3 py-2">Field</span>
            <span className="px-3 py-2">{theirs}</span>
            <span className="px-3 py-2">{mine}</span>
          </div>
          {choice.map((each) => {
            const { label, words: saved } = words(each.field, each.theirs);
            const { words: typed } = words(each.field, each.mine);
            return (
              <fieldset
                key={each.field}
                className="grid grid-cols-[128px_1fr_1fr] border-t border-line max-s:grid-cols-2"
              >
                <legend className="sr-only">{label}</legend>
                <span aria-hidden className="px-3 py-2 text-muted max-s:col-span-2 max-s:bg-canvas">
                  {label}
                </span>
                <Side
                  name={`${name}-${each.field}`}
                  side={theirs}
                  on={each.pick === "theirs"}
                  onPick={() => pick(each.field, "theirs")}
                >
                  {saved}
                </Side>
                <Side
                  name={`${name}-${each.field}`}
                  side={mine}
                  on={each.pick === "mine"}
                  onPick={() => pick(each.field, "mine")}
                >
                  {typed}
                </Side>
              </fieldset>
            );
          })}
        </div>
      </div>
      <PanelFoot
        actions={
          <>
            <Button onClick={onDiscard}>Discard mine</Button>
            <Button variant="primary" onClick={save} aria-busy={pending || undefined}>
              Save this choice
            </Button>
          </>
        }
      />
    </Panel>
  );
}

function titleOf({ savedBy, self }: OpenConflict): string {
  if (self) return "You saved changes in another window.";
  return `${savedBy.charAt(0).toUpperCase()}${savedBy.slice(1)} saved changes in the meantime.`;
}

function Side(props: { name: string; side: string; on: boolean; onPick: () => void; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the input is inside Radio
    <label className={cn("flex min-w-0 items-center gap-2 px-3 py-2", props.on && "bg-selected font-medium")}>
      <Radio name={props.name} checked={props.on} onChange={props.onPick} />
      <span className="sr-only">{props.side}:</span>
      <span className="min-w-0 wrap-break-word">{props.children}</span>
    </label>
  );
}
