"use client";
import { useRef, useState } from "react";
import type { Refusal } from "@/components/form/problem";
import { proving } from "@/components/form/step-up";
import type { ActionResult } from "@/lib/http/action";
import type { Conflict, StoredForm } from "@/lib/users/conflict";

/** One field that two people see differently, and which side is chosen. */
export type Difference = { field: string; theirs: unknown; mine: unknown; pick: "theirs" | "mine" };

export type OpenConflict = Pick<Conflict, "savedBy" | "self" | "savedAt"> & { differences: Difference[] };

type Saved = { id: string; version: number };
export type Versioned = { id: string; version: number };

type Options<Input extends Versioned> = {
  /** Saves values over those that are known to be stored. */
  save: (input: Input, over: Input) => Promise<ActionResult<Saved>>;
  /** The form's values for what is stored. */
  take: (stored: StoredForm) => Input;
};

/**
 * The second of two saves (U9). Where the other one touched nothing that this form shows, it goes through; else both are
 * compared field by field: theirs is chosen where nothing was typed, mine where something was.
 */
export function useComparison<Input extends Versioned>({ save, take }: Options<Input>) {
  const [held, setHeld] = useState<{ open: OpenConflict; theirs: Input; mine: Input } | null>(null);
  const [names, setNames] = useState<Record<string, string>>({});
  const base = useRef<Input | null>(null);

  async function saveThrough(input: Input): Promise<ActionResult<Saved>> {
    const known = base.current ?? input;
    const result = await save(input, known);
    const conflict = conflictOf(result);
    if (!conflict) return result;
    const theirs = take(conflict.current);
    if (fieldsOf(theirs).some((field) => !same(theirs[field], known[field]))) return result;
    return save({ ...input, version: theirs.version }, theirs);
  }

  function refused(refusal: Refusal, mine: Input): "handled" | undefined {
    const conflict = conflictOf(refusal);
    if (!conflict) return undefined;
    const theirs = take(conflict.current);
    const differences = fieldsOf(theirs)
      .filter((field) => !same(theirs[field], mine[field]))
      .map((field) => ({
        field: String(field),
        theirs: theirs[field],
        mine: mine[field],
        pick: same(mine[field], base.current?.[field]) ? ("theirs" as const) : ("mine" as const),
      }));
    const { savedBy, self, savedAt } = conflict;
    setNames((known) => ({ ...known, ...conflict.names }));
    setHeld({ open: { savedBy, self, savedAt, differences }, theirs, mine });
    return "handled";
  }

  /** Saves the chosen side of each field. Returns the values as stored, or null when it was refused again. */
  async function saveChoice(choice: Difference[]): Promise<Input | null> {
    if (!held) return null;
    const chosen = Object.fromEntries(
      choice.map(({ field, pick, theirs, mine }) => [field, pick === "theirs" ? theirs : mine]),
    );
    const values = { ...held.mine, ...chosen, version: held.theirs.version };
    const result = await proving(() => save(values, held.theirs));
    if (result.ok) return { ...values, version: result.value.version };
    if (refused(result, values) !== "handled") throw new Error(result.message);
    return null;
  }

  return {
    open: held?.open ?? null,
    /** What the other one's saves named, also after the choice. */
    names,
    /** What the form was filled with; set by the form at each render. */
    base,
    saveThrough,
    refused,
    saveChoice,
    /** The values that the other one saved. */
    theirs: () => held?.theirs ?? null,
    close: () => setHeld(null),
  };
}

const unshown = new Set(["id", "version", "password", "confirmPassword"]);

const fieldsOf = <Input extends object>(values: Input) =>
  (Object.keys(values) as (keyof Input)[]).filter((field) => !unshown.has(String(field)));

/** Sets are compared as sets. */
export const same = (a: unknown, b: unknown) => canonical(a) === canonical(b);
const canonical = (value: unknown) =>
  JSON.stringify(Array.isArray(value) ? value.map((item) => JSON.stringify(item)).sort() : (value ?? null));

const conflictOf = (result: ActionResult<unknown>): Conflict | null =>
  !result.ok && result.code === "conflict" && result.details ? (result.details as Conflict) : null;
