"use client";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Menu, MenuContent, MenuItem, MenuTrigger } from "@/components/ui/menu";
import { counted } from "@/lib/lists/format-total";
import type { MatrixGroup, MatrixOperation } from "@/lib/roles/matrix";
import { joined, type Reach, reachesOf, reachKey, reachLabel, reachOf } from "@/lib/roles/reaches";
import type { HeldOperation, Scope } from "@/lib/roles/schema";
import { pairOf } from "@/lib/roles/scopes";
import { mayGive, OperationRow } from "./operation-row";

type OperationSectionProps = {
  group: MatrixGroup;
  /** A search leaves some of the section out: what is set at once is what is shown. */
  part: boolean;
  value: HeldOperation[];
  withheld: Set<string>;
  onChange: (chosen: { operation: string; reach: Reach }[]) => void;
};

/** The operations of one noun, each with its choice, and one that sets all of them. */
export function OperationSection({ group, part, value, withheld, onChange }: OperationSectionProps) {
  const { noun, operations } = group;
  const [note, setNote] = useState("");
  const withheldOf = ({ operation, scopes }: MatrixOperation): Scope[] =>
    scopes.filter((scope) => withheld.has(pairOf(operation, scope)));
  const open = operations.filter(({ everything }) => !everything);
  const every = {
    operation: operations[0]?.operation ?? "",
    scopes: [...new Set(open.flatMap(({ scopes }) => scopes))],
  };

  function setAll(reach: Reach) {
    const taking = open.filter(({ scopes }) => reach.every((scope) => scopes.includes(scope)));
    const given = taking.filter((row) => mayGive(reach, reachOf(row, value), withheldOf(row)));
    onChange(given.map(({ operation }) => ({ operation, reach })));
    const others = reach.length === 0 ? 0 : operations.length - taking.length;
    setNote(sentenceOf(given.length, reachLabel(every, reach), others, taking.length - given.length));
  }

  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{noun}</legend>
      <div className="flex min-h-9 flex-wrap items-center gap-x-3 border-y border-line bg-canvas px-4 py-1 text-xs text-muted">
        <span aria-hidden className="font-medium">
          {noun}
        </span>
        <span role="status" className="max-s:order-last max-s:basis-full">
          {note}
        </span>
        {open.length > 1 && (
          <span className="ml-auto">
            <Menu>
              <MenuTrigger variant="quiet" size="s" aria-label={`${part ? "Set shown" : "Set all"}: ${noun}`}>
                {part ? "Set shown" : "Set all"}
                <ChevronDown aria-hidden />
              </MenuTrigger>
              <MenuContent>
                {reachesOf(every.scopes).map((reach) => (
                  <MenuItem key={reachKey(reach)} onSelect={() => setAll(reach)}>
                    {reachLabel(every, reach)}
                  </MenuItem>
                ))}
              </MenuContent>
            </Menu>
          </span>
        )}
      </div>
      <div className="divide-y divide-line">
        {operations.map((row) => (
          <OperationRow
            key={row.operation}
            row={row}
            reach={reachOf(row, value)}
            through={value.filter(({ operation }) => operation === row.under?.operation).map(({ scope }) => scope)}
            withheld={withheldOf(row)}
            onChange={(reach) => {
              setNote("");
              onChange([{ operation: row.operation, reach }]);
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** "9 operations set to people below. Not set: 2 that don't allow this and 1 that you do not hold." */
function sentenceOf(set: number, label: string, others: number, withheld: number): string {
  const done = `${counted(set, "operation")} set to ${label}.`;
  if (others + withheld === 0) return done;
  const left = joined([
    ...(others > 0 ? [`${others} that don't allow this`] : []),
    ...(withheld > 0 ? [`${withheld} that you do not hold`] : []),
  ]);
  return `${done} Not set: ${left}.`;
}
