import { Note } from "@/components/ui/note";

/** What was confirmed is not so any more: nothing has been done, and it is shown again. */
export function ChangedMeanwhile() {
  return (
    <Note tone="warning" role="alert" title="Something else was saved in the meantime.">
      This is what would change now.
    </Note>
  );
}
