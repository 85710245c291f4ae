"use client";
import { AccessChanges, NotAllCompared } from "@/components/access/access-changes";
import { administratorWords, changesNothing, peopleWords } from "@/components/access/preview-words";
import { Note } from "@/components/ui/note";
import { Skeleton } from "@/components/ui/skeleton";
import type { ActionResult } from "@/lib/http/action";
import type { AccessPreview } from "@/lib/previews/preview";

export type Effects = ActionResult<AccessPreview> | "failed" | null;

type ChangeEffectsProps = {
  /** Null while it is being found out. */
  effects: Effects;
  /** Shown when nobody gains or loses anything. */
  nothing: string;
};

/** Who loses what, before it is done (R9). */
export function ChangeEffects({ effects, nothing }: ChangeEffectsProps) {
  if (effects === null) return <Skeleton className="h-24!" />;
  if (effects === "failed" || !effects.ok)
    return (
      <Note tone="danger" role="alert">
        {effects === "failed" ? "The preview could not be loaded. Close this and try again." : effects.message}
      </Note>
    );
  const { people, administrators } = effects.value;
  const sentences = administratorWords(administrators);
  return (
    <>
      {sentences.length > 0 && <Note tone="warning">{sentences.join(" ")}</Note>}
      <NotAllCompared preview={effects.value} />
      {people.count > 1 && (
        <p className="text-ui text-ink-2">
          It changes what {people.over && "at least "}
          {peopleWords(people.count)} can do, from their next request.
        </p>
      )}
      {changesNothing(effects.value) ? (
        <p className="text-ui text-ink-2">{nothing}</p>
      ) : (
        <AccessChanges preview={effects.value} />
      )}
    </>
  );
}
