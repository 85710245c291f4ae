import { Note } from "@/components/ui/note";

type LinkOutcomeProps = { name: string; account?: string; problem: string | null };

/** What became of linking, where it leads back to. `account`: that was linked there; `problem`: why none was. */
export function LinkOutcome({ name, account, problem }: LinkOutcomeProps) {
  return problem ? (
    <Note tone="danger" role="alert" title="Nothing was linked.">
      {problem}
    </Note>
  ) : (
    <Note tone="accent" role="status" title={`${name} is linked.`}>
      You can sign in through it as {account} from now on.
    </Note>
  );
}
