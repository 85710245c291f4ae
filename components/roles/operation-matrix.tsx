"use client";
import { useMemo, useState } from "react";
import { FieldError } from "@/components/form/field";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Panel, PanelHead } from "@/components/ui/panel";
import { counted } from "@/lib/lists/format-total";
import { isFound } from "@/lib/normalization/search";
import type { MatrixGroup, MatrixOperation } from "@/lib/roles/matrix";
import type { HeldOperation, Scope } from "@/lib/roles/schema";
import { everythingNote, pairOf, scopeLabel, scopesByWidth, scopeWords } from "@/lib/roles/scopes";

type OperationMatrixProps = {
  matrix: MatrixGroup[];
  value: HeldOperation[];
  onChange: (operations: HeldOperation[]) => void;
  /** What the viewer does not hold and cannot give (R8). */
  withheld: string[];
  error?: string | undefined;
};

const narrowFirst = [...scopesByWidth].reverse();

/** The operations of a role, grouped by noun: a sentence each, and on whom it may be used. */
export function OperationMatrix({ matrix, value, onChange, withheld, error }: OperationMatrixProps) {
  const [sought, setSought] = useState("");
  const held = useMemo(() => new Set(value.map(({ operation, scope }) => pairOf(operation, scope))), [value]);
  const missing = useMemo(() => new Set(withheld), [withheld]);
  const operations = new Set(value.map(({ operation }) => operation)).size;
  const shown = matrix
    .map(({ noun, operations: all }) => ({
      noun,
      operations: all.filter((one) => isFound(sought, noun, one.sentence, one.operation)),
    }))
    .filter((group) => group.operations.length > 0);

  function toggle(operation: string, scope: Scope, on: boolean) {
    const others = value.filter((one) => one.operation !== operation);
    const own = value.filter((one) => one.operation === operation && one.scope !== scope);
    const next = on ? (scope === "all" ? [{ operation, scope }] : [...own, { operation, scope }]) : own;
    onChange([...others, ...next]);
  }

  return (
    <Panel id="operations" tabIndex={-1} aria-labelledby="operations-title">
      <PanelHead
        titleId="operations-title"
        title="Operations"
        hint={`${counted(operations, "operation")} carried`}
        actions={
          <Input
            type="search"
            aria-label="Find an operation"
            placeholder="Find an operation"
            value={sought}
            onChange={(event) => setSought(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
            className="w-56!"
          />
        }
      />
      <div className="px-4 pb-2 empty:hidden">
        <FieldError>{error}</FieldError>
      </div>
      <p className="px-4 pb-3 text-xs text-muted">
        One operation may be held for several: "people below" and "their groups" together reach both. "Everyone" holds
        the others.
      </p>
      {shown.map(({ noun, operations: rows }) => (
        <fieldset key={noun} className="min-w-0">
          <legend className="float-left w-full border-y border-line bg-canvas px-4 py-1.5 text-xs font-medium text-muted">
            {noun}
          </legend>
          <div className="clear-both divide-y divide-line">
            {rows.map((row) => (
              <OperationRow
                key={row.operation}
                row={row}
                held={row.scopes.filter((scope) => held.has(pairOf(row.operation, scope)))}
                through={throughOf(row, value)}
                withheld={row.scopes.filter((scope) => missing.has(pairOf(row.operation, scope)))}
                onToggle={toggle}
              />
            ))}
          </div>
        </fieldset>
      ))}
      {shown.length === 0 && (
        <p role="status" className="border-t border-line px-4 py-6 text-center text-ui text-muted">
          No operation matches "{sought.trim()}". Searched by name and key.
        </p>
      )}
    </Panel>
  );
}

type OperationRowProps = {
  row: MatrixOperation;
  held: Scope[];
  /** Scopes at which another operation that is ticked brings this one. */
  through: Scope[];
  withheld: Scope[];
  onToggle: (operation: string, scope: Scope, on: boolean) => void;
};

function OperationRow({ row, held, through, withheld, onToggle }: OperationRowProps) {
  const { operation, sentence, scopes, everything } = row;
  const everyone = held.includes("all");
  const noteId = `why-${operation}`;
  const why = whyNot(row, withheld);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset within each line of a fieldset would be announced twice
    <div
      role="group"
      aria-label={sentence}
      className="grid grid-cols-[minmax(0,1fr)_repeat(4,104px)] items-center gap-x-2 px-4 py-1.5 hover:bg-hover max-s:flex max-s:flex-wrap max-s:gap-x-4"
    >
      <div className="min-w-0 text-ui max-s:w-full">
        {sentence}
        <span className="block truncate font-mono text-xs text-muted">{operation}</span>
        {through.length > 0 && (
          <span className="block text-xs text-muted">
            Comes with "{row.under?.sentence}" for {through.map((scope) => scopeWords[scope]).join(" and ")}.
          </span>
        )}
        {why && (
          <span id={noteId} className="block text-xs text-muted">
            {why}
          </span>
        )}
      </div>
      {narrowFirst.map((scope) => {
        if (!scopes.includes(scope)) return <span key={scope} className="max-s:hidden" />;
        const included = everyone && scope !== "all";
        return (
          // biome-ignore lint/a11y/noLabelWithoutControl: the input is inside Checkbox
          <label
            key={scope}
            className="flex min-h-8 items-center gap-2 text-xs text-ink-2 has-disabled:text-muted coarse:min-h-9"
          >
            <Checkbox
              name="operations"
              value={pairOf(operation, scope)}
              checked={included || held.includes(scope)}
              disabled={included || everything || (withheld.includes(scope) && !held.includes(scope))}
              aria-describedby={everything || withheld.includes(scope) ? noteId : undefined}
              onChange={(event) => onToggle(operation, scope, event.target.checked)}
            />
            {scopeLabel(row, scope)}
          </label>
        );
      })}
    </div>
  );
}

/** Why some of it cannot be ticked; null when all of it can. */
function whyNot({ everything, scopes }: MatrixOperation, withheld: Scope[]): string | null {
  if (everything) return everythingNote;
  if (withheld.length === 0) return null;
  return withheld.length === scopes.length
    ? "You don't hold this permanently, so you can't give it."
    : `You do not hold this for ${withheld.map((scope) => scopeWords[scope]).join(" or ")}, so you cannot give that.`;
}

const throughOf = ({ under }: MatrixOperation, value: HeldOperation[]): Scope[] =>
  value.filter(({ operation }) => operation === under?.operation).map(({ scope }) => scope);
