"use client";
import { useMemo, useState } from "react";
import { FieldError } from "@/components/form/field";
import { Input } from "@/components/ui/input";
import { Panel, PanelHead } from "@/components/ui/panel";
import { counted } from "@/lib/lists/format-total";
import { isFound } from "@/lib/normalization/search";
import type { MatrixGroup } from "@/lib/roles/matrix";
import type { Reach } from "@/lib/roles/reaches";
import type { HeldOperation } from "@/lib/roles/schema";
import { countOperations } from "@/lib/roles/scopes";
import { OperationSection } from "./operation-section";

type OperationMatrixProps = {
  matrix: MatrixGroup[];
  value: HeldOperation[];
  onChange: (operations: HeldOperation[]) => void;
  /** What the viewer does not hold and cannot give (R8). */
  withheld: string[];
  error?: string | undefined;
};

/** The operations of a role, grouped by noun: a sentence each, and one choice of on whom it may be used. */
export function OperationMatrix({ matrix, value, onChange, withheld, error }: OperationMatrixProps) {
  const [sought, setSought] = useState("");
  const missing = useMemo(() => new Set(withheld), [withheld]);
  const shown = matrix
    .map(({ noun, operations: all }) => {
      const operations = all.filter((one) => isFound(sought, noun, one.sentence, one.operation));
      return { noun, operations, part: operations.length < all.length };
    })
    .filter(({ operations }) => operations.length > 0);

  function choose(chosen: { operation: string; reach: Reach }[]) {
    const changed = new Set(chosen.map(({ operation }) => operation));
    const others = value.filter(({ operation }) => !changed.has(operation));
    onChange([...others, ...chosen.flatMap(({ operation, reach }) => reach.map((scope) => ({ operation, scope })))]);
  }

  return (
    <Panel id="operations" tabIndex={-1} aria-labelledby="operations-title">
      <PanelHead
        titleId="operations-title"
        title="Operations"
        hint={`${counted(countOperations(value), "operation")} carried`}
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
      {shown.map(({ part, ...group }) => (
        <OperationSection
          key={group.noun}
          group={group}
          part={part}
          value={value}
          withheld={missing}
          onChange={choose}
        />
      ))}
      {shown.length === 0 && (
        <p role="status" className="border-t border-line px-4 py-6 text-center text-ui text-muted">
          No operation matches "{sought.trim()}". Searched by name and key.
        </p>
      )}
    </Panel>
  );
}
