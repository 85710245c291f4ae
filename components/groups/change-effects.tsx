"use client";
import { AccessChanges } from "@/components/access/access-changes";
import { administratorWords, peopleWords } from "@/components/access/preview-words";
import { Note } from "@/components/ui/note";
import { Skeleton } from "@/components/ui/skeleton";
import type { ActionResult } from "@/lib/http/action";
import type { AccessPreview } from "@/lib/previews/preview";

export type Effects = ActionResult<AccessPreview> | "failed" | null;

type ChangeEffectsProps = {
  /** Null while it is being found out. */
  effects: Effects;
  /** What stands there when nobody gains or loses anything. */
  nothing: string;
};

/** Who loses what, before it is done (R9). */
export function ChangeEffects({ effects, nothing }: ChangeEffectsProps) {
  if (effects === null) return <Skeleton className="h-24!" />;
  if (effects === "failed" || !effects.ok)
    return (
      <Note tone="danger" role="alert">
        {effects === "failed" ? "What would happen could not be read. Close this and try again." : effects.message}
      </Note>
    );
  const { people, gains, loses, reach, administrators } = effects.value;
  const sentences = administratorWords(administrators);
  const quiet = [gains, loses, reach.gains, reach.loses].every((lines) => lines.length === 0);
  return (
    <>
      {sentences.length > 0 && <Note tone="warning">{sentences.join(" ")}</Note>}
      {people.over && (
        <Note>More than 10,000 people are concerned. The first 10,000 are compared here; more may be like them.</Note>
      )}
      {people.count > 1 && (
        <p className="text-ui text-ink-2">
          It changes what {people.over && "at least "}
          {peopleWords(people.count)} may do, from their next request on.
        </p>
      )}
      {quiet ? <p className="text-ui text-ink-2">{nothing}</p> : <AccessChanges preview={effects.value} />}
    </>
  );
}
