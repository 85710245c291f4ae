import { type Change, changeOf, newValue } from "@/lib/audit/changes";
import type { LoggedEvent } from "@/lib/audit/event";
import { fieldLabel, isNone, valueParts } from "@/lib/audit/fields";
import { actorParts, isNothing, Told } from "@/lib/audit/told";
import { type Part, text } from "@/lib/audit/words";
import type { Operation } from "@/lib/kernel/operation";
import { isOperation, operationOf } from "@/lib/operations";

export type Description = {
  sentence: Part[];
  changes: Change[];
  /** What the sentence leaves out: "Version: 2.4.1". */
  facts: { label: string; value: Part[] }[];
};

/**
 * An event in plain words. Pure: names come with the event, the caller formats moments.
 * `about` is the person on whose page it is shown.
 */
export function describeEvent(event: LoggedEvent, { about = null }: { about?: string | null } = {}): Description {
  const told = new Told(event, about);
  const sentence = merged(sentenceOf(told));
  return {
    sentence,
    changes: changesOf(event),
    facts: told.rest().map(([name, value]) => ({ label: fieldLabel(name), value: valueParts(value) })),
  };
}

function sentenceOf(told: Told): Part[] {
  const { operation, outcome } = told.event;
  const phrase = declared(operation)?.told;
  if (!phrase) return [...actorParts(told), text(" · "), { kind: "key", text: operation }, text(afterwards(told))];
  if ("whole" in phrase) return phrase.whole(told);
  const { past, base, object, more } = phrase;
  if (outcome === "succeeded")
    return [...actorParts(told), text(` ${past} `), ...object(told), ...(more?.(told) ?? [])];
  if (outcome === "failed")
    return [...actorParts(told), text(` could not ${base} `), ...object(told), text(": something went wrong")];
  return [
    ...actorParts(told),
    text(` tried to ${base} `),
    ...object(told),
    text(" and was refused"),
    ...told.because(),
  ];
}

const afterwards = ({ event }: Told) => (event.outcome === "succeeded" ? "" : ` (${event.outcome})`);

function changesOf({ operation, values }: LoggedEvent): Change[] {
  const { creates = false, tells = [] } = declared(operation) ?? {};
  const changes: Change[] = [];
  for (const [path, value] of Object.entries(values)) {
    if (!path.startsWith("change.") || !Array.isArray(value)) continue;
    const [old, next] = value as [unknown, unknown];
    const isNew = creates && isNone(old);
    if (isNew && isNothing(next)) continue;
    const name = path.slice("change.".length);
    const change = isNew ? newValue(next) : changeOf(old, next);
    if (change) changes.push({ field: fieldLabel(name), told: tells.includes(name), ...change });
  }
  return changes;
}

/** Null for a key that this version does not know. */
const declared = (key: string): Operation | null => (isOperation(key) ? operationOf(key) : null);

/** Neighbouring pieces of plain text become one. */
function merged(parts: Part[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.kind === "text" && last?.kind === "text") joined[joined.length - 1] = text(last.text + part.text);
    else joined.push(part);
  }
  return joined;
}
