"use client";
import type { DraftOffer } from "@/components/form/use-draft";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Note } from "@/components/ui/note";
import { useReading } from "@/components/ui/reading";
import { exactTime } from "@/components/ui/time";

/** The offer of a draft above the fields of a form. */
export function DraftNote({ at, restore, discard, flush }: DraftOffer & { flush: boolean | undefined }) {
  const { zone, form } = useReading();
  return (
    <div className={cn(flush ? "px-4 pt-4 in-data-raised:px-6 in-data-raised:pb-3 max-s:in-data-raised:px-4" : "mb-3")}>
      <Note
        tone="accent"
        role="status"
        actions={
          <>
            <Button size="s" onClick={restore}>
              Restore
            </Button>
            <Button size="s" variant="quiet" onClick={discard}>
              Discard
            </Button>
          </>
        }
      >
        You have unsaved changes from {exactTime(new Date(at), zone, form)}.
      </Note>
    </div>
  );
}
