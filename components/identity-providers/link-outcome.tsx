import { Note } from "@/components/ui/note";

/** What became of linking, where it leads back to. `problem`: why nothing was linked. */
export function LinkOutcome({ name, problem }: { name: string; problem: string | null }) {
  return problem ? (
    <Note tone="danger" role="alert" title="Nothing was linked.">
      {problem}
    </Note>
  ) : (
    <Note tone="accent" role="status" title={`${name} is linked.`}>
      You can sign in through it from now on.
    </Note>
  );
}
