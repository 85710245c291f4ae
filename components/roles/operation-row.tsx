"use client";
import { useId } from "react";
import { Select } from "@/components/ui/select";
import type { MatrixOperation } from "@/lib/roles/matrix";
import { type Reach, reachesOf, reachKey, reachLabel } from "@/lib/roles/reaches";
import type { Scope } from "@/lib/roles/schema";
import { everythingNote, scopeWords } from "@/lib/roles/scopes";

type OperationRowProps = {
  row: MatrixOperation;
  reach: Reach;
  /** Scopes at which another operation that is chosen brings this one. */
  through: Scope[];
  withheld: Scope[];
  onChange: (reach: Reach) => void;
};

/** One operation: what it lets somebody do, and one choice of how far it reaches. */
export function OperationRow({ row, reach, through, withheld, onChange }: OperationRowProps) {
  const id = useId();
  const { operation, sentence, everything } = row;
  const why = whyNot(row, withheld);
  const choices = reachesOf(row.scopes);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_288px] items-center gap-x-4 gap-y-1.5 px-4 py-1.5 hover:bg-hover max-s:grid-cols-1 max-s:py-2.5">
      <div className="min-w-0 text-ui">
        <label htmlFor={id}>{sentence}</label>
        <span className="block truncate font-mono text-xs text-muted">{operation}</span>
        <span id={`${id}-notes`}>
          {through.length > 0 && (
            <span className="block text-xs text-muted">
              Comes with "{row.under?.sentence}" for {through.map((scope) => scopeWords[scope]).join(" and ")}.
            </span>
          )}
          {why && <span className="block text-xs text-muted">{why}</span>}
        </span>
      </div>
      <Select
        id={id}
        name="operations"
        value={choiceOf(operation, reach)}
        disabled={everything}
        aria-describedby={through.length > 0 || why ? `${id}-notes` : undefined}
        onChange={(event) => {
          const next = choices.find((choice) => choiceOf(operation, choice) === event.target.value);
          if (next) onChange(next);
        }}
        className={reach.length === 0 ? "[&>select]:text-muted" : "[&>select]:font-medium"}
        options={choices.map((choice) => ({
          value: choiceOf(operation, choice),
          label: reachLabel(row, choice),
          disabled: !mayGive(choice, reach, withheld),
        }))}
      />
    </div>
  );
}

const choiceOf = (operation: string, reach: Reach) => `${operation} ${reachKey(reach)}`;

/** What is carried already may stay, also in another company. */
export const mayGive = (choice: Reach, reach: Reach, withheld: Scope[]): boolean =>
  choice.every((scope) => !withheld.includes(scope) || reach.includes(scope));

/** Why some of it cannot be chosen; null when all of it can. */
function whyNot({ everything, scopes }: MatrixOperation, withheld: Scope[]): string | null {
  if (everything) return everythingNote;
  if (withheld.length === 0) return null;
  return withheld.length === scopes.length
    ? "You don't hold this permanently, so you cannot give it."
    : `You do not hold this for ${withheld.map((scope) => scopeWords[scope]).join(" or ")}, so you cannot give that.`;
}
