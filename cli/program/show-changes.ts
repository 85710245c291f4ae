import { shown } from "./show-values";

type Held = { operation: string; scope: string };
/** The ends are left out by servers of before. */
type Line = {
  operations: Held[];
  count: number;
  until?: string | null;
  severalEnds?: boolean;
  endOnly?: boolean;
};
type PeopleLine = Line & { people: Named[] };
type AccountLine = Line & { serviceAccounts: Named[] };
type ReachLine = PeopleLine & { over: number };
type Named = { name: string };
export type DryRun = {
  unchanged: boolean;
  changes: Record<string, { before: unknown; after: unknown }>;
  access: {
    people: { value: number; exact: boolean };
    gains: PeopleLine[];
    loses: PeopleLine[];
    /** Left out by servers of before, like the others that may be missing. */
    administrators?: { gain: number; lose: number };
    reach?: { gains: ReachLine[]; loses: ReachLine[] };
    serviceAccounts?: { gains: AccountLine[]; loses: AccountLine[] };
  } | null;
};

/** What a dry run has found, in sentences. */
export function changeLines({ changes, access, unchanged }: DryRun): string[] {
  const fields = Object.entries(changes).map(([field, { before, after }]) => sentenceOf(shown(field), before, after));
  const told = access
    ? [
        ...accessLines(access),
        ...reachLines(access.reach),
        ...accountLines(access.serviceAccounts),
        ...administratorLines(access.administrators),
      ]
    : [];
  const lines = [
    ...fields,
    ...(access && fields.length > 0 && told.length === 0 ? ["Nobody would gain or lose access."] : told),
  ];
  if (lines.length > 0) return lines;
  return [unchanged ? "Nothing would change." : "The change would be made."];
}

function sentenceOf(field: string, before: unknown, after: unknown): string {
  if (isNothing(before)) return `${field} would be ${quoted(after)}.`;
  if (isNothing(after)) return `${field} would be emptied; it is ${quoted(before)}.`;
  return `${field} would change from ${quoted(before)} to ${quoted(after)}.`;
}

const isNothing = (value: unknown) => value === null || value === "" || (Array.isArray(value) && value.length === 0);

const quoted = (value: unknown) => (typeof value === "string" ? `"${shown(value)}"` : shown(value) || "empty");

const accessLines = ({ gains, loses }: NonNullable<DryRun["access"]>) => [
  ...gains.map((line) => accessLine(line, line.people, peopleNouns, "gain")),
  ...loses.map((line) => accessLine(line, line.people, peopleNouns, "lose")),
];

const accountLines = (
  { gains, loses } = { gains: [], loses: [] } as { gains: AccountLine[]; loses: AccountLine[] },
) => [
  ...gains.map((line) => accessLine(line, line.serviceAccounts, accountNouns, "gain")),
  ...loses.map((line) => accessLine(line, line.serviceAccounts, accountNouns, "lose")),
];

const reachLines = ({ gains, loses } = { gains: [], loses: [] } as { gains: ReachLine[]; loses: ReachLine[] }) => [
  ...gains.map((line) => reachLine(line, "would reach", "would become the owner, with")),
  ...loses.map((line) => reachLine(line, "would no longer reach", "would no longer be the owner, with")),
];

function reachLine(line: ReachLine, reaching: string, owning: string): string {
  const [who, what] = [whoOf(line.count, line.people, peopleNouns), whatOf(line.operations)];
  if (line.over === 0) return `${who} ${owning} ${what}.`;
  return `${who} ${reaching} ${line.over} ${line.over === 1 ? "person" : "people"} with ${what}.`;
}

const administrators = (count: number) => (count === 1 ? "an administrator" : "administrators");

const administratorLines = ({ gain, lose } = { gain: 0, lose: 0 }) => [
  ...(gain > 0 ? [`${gain} ${gain === 1 ? "person" : "people"} would become ${administrators(gain)}.`] : []),
  ...(lose > 0 ? [`${lose} ${lose === 1 ? "person" : "people"} would no longer be ${administrators(lose)}.`] : []),
];

type Nouns = { one: string; many: string; before: string };
const peopleNouns: Nouns = { one: "person", many: "people", before: "" };
const accountNouns: Nouns = { one: "service account", many: "service accounts", before: "service account " };

function accessLine({ operations, count, ...ends }: Line, named: Named[], nouns: Nouns, verb: "gain" | "lose"): string {
  const who = whoOf(count, named, nouns);
  const what = whatOf(operations);
  const end = ends.severalEnds ? "different dates" : ends.until ? shown(ends.until) : null;
  if (verb === "lose") return `${who} would lose ${what}${end ? ` on ${end}` : ""}.`;
  if (ends.endOnly) return `${who} would keep ${what} ${end ? `longer, until ${end}` : "without an end"}.`;
  return `${who} would gain ${what}${end ? ` until ${end}` : ""}.`;
}

const whatOf = (operations: Held[]) =>
  operations.map(({ operation, scope }) => `${shown(operation)} (${shown(scope)})`).join(", ");

function whoOf(count: number, named: Named[], nouns: Nouns): string {
  const others = count - named.length;
  const who = named.map(({ name }) => `${nouns.before}${shown(name)}`);
  const more = who.length > 0 ? "more" : count === 1 ? nouns.one : nouns.many;
  return [...who, ...(others > 0 ? [`${others} ${more}`] : [])].join(", ");
}
