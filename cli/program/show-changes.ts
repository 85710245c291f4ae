import { shown } from "./show-values";

type Held = { operation: string; scope: string };
type AccessLine = { operations: Held[]; count: number; people: { name: string }[] };
export type DryRun = {
  changes: Record<string, { before: unknown; after: unknown }>;
  access: { people: { value: number; exact: boolean }; gains: AccessLine[]; loses: AccessLine[] } | null;
};

/** What a dry run has found, in sentences. */
export function changeLines({ changes, access }: DryRun): string[] {
  const fields = Object.entries(changes).map(([field, { before, after }]) => sentenceOf(shown(field), before, after));
  const told = access
    ? [...access.gains.map((line) => accessLine(line, "gain")), ...access.loses.map((line) => accessLine(line, "lose"))]
    : [];
  const lines = [
    ...fields,
    ...(access && fields.length > 0 && told.length === 0 ? ["Nobody would gain or lose access."] : told),
  ];
  return lines.length > 0 ? lines : ["Nothing would change."];
}

function sentenceOf(field: string, before: unknown, after: unknown): string {
  if (isNothing(before)) return `${field} would be ${quoted(after)}.`;
  if (isNothing(after)) return `${field} would be emptied; it is ${quoted(before)}.`;
  return `${field} would change from ${quoted(before)} to ${quoted(after)}.`;
}

const isNothing = (value: unknown) => value === null || value === "" || (Array.isArray(value) && value.length === 0);

const quoted = (value: unknown) => (typeof value === "string" ? `"${shown(value)}"` : shown(value) || "empty");

function accessLine({ operations, count, people }: AccessLine, verb: "gain" | "lose"): string {
  const what = operations.map(({ operation, scope }) => `${shown(operation)} (${shown(scope)})`).join(", ");
  const others = count - people.length;
  const who = people.map(({ name }) => shown(name));
  const names = [
    ...who,
    ...(others > 0 ? [`${others} ${who.length > 0 ? "more" : count === 1 ? "person" : "people"}`] : []),
  ];
  return `${names.join(", ")} would ${verb} ${what}.`;
}
