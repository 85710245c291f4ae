import type { Scope } from "@/db/enums";
import type { MatrixGroup, MatrixOperation } from "@/lib/roles/matrix";
import { joined, type Reach, reachKey, reachOf } from "@/lib/roles/reaches";
import type { HeldOperation } from "@/lib/roles/schema";
import { missedWords, summaryWords } from "@/lib/roles/summary-words";

/** What a role lets its holder do, a paragraph for each reach, and what it does not. */
export type RoleSummary = { reach: string; sentences: string[] }[];

const order = ["all", "reports+owned_groups", "reports", "owned_groups", "self"];

/** In plain sentences, the widest reach first: "Can see everyone.", "Can edit and disable people below." */
export function summaryOf(matrix: readonly MatrixGroup[], held: readonly HeldOperation[]): RoleSummary {
  const rows = matrix.flatMap(({ operations }) => operations);
  const byReach = new Map<string, Said[]>();
  for (const row of rows) {
    for (const reach of partsOf(row, held)) {
      const said = saidOf(row, reach);
      if (said) byReach.set(reachKey(reach), [...(byReach.get(reachKey(reach)) ?? []), said]);
    }
  }
  const paragraphs = order
    .filter((reach) => byReach.has(reach))
    .map((reach) => ({ reach, sentences: sentencesOf(byReach.get(reach) ?? []) }));
  const product = rows.filter((row) => !summaryWords[row.operation] && reachOf(row, held).length > 0);
  if (product.length > 0) paragraphs.push({ reach: "product", sentences: [productSentence(product)] });
  if (paragraphs.length === 0) return [];
  const missed = missedSentences(held);
  return missed.length > 0 ? [...paragraphs, { reach: "none", sentences: missed }] : paragraphs;
}

/** One's own account apart from other people; and nothing that comes with a wider operation anyway. */
function partsOf(row: MatrixOperation, held: readonly HeldOperation[]): Reach[] {
  const wider = held.filter(({ operation }) => operation === row.under?.operation).map(({ scope }) => scope);
  const left = reachOf(row, held).filter((scope) => !wider.includes(scope) && !wider.includes("all"));
  const parts: Reach[] = [left.filter((scope) => scope !== "self"), left.filter((scope) => scope === "self")];
  return parts.filter((reach) => reach.length > 0);
}

/** About whom or what a sentence is, so that those that share it become one. */
type Said = {
  verbs: string[];
  kind: "people" | "theirs" | "plain" | "around";
  what: string;
  reach: Reach;
  groups: boolean;
};

function saidOf({ operation, scopes }: MatrixOperation, reach: Reach): Said | null {
  const words = summaryWords[operation];
  if (!words) return null;
  const { verbs, what = "" } = words;
  const groups = operation.startsWith("group.");
  const plain = scopes.length === 1 && scopes[0] === "all";
  const kind = plain ? "plain" : what === "" ? "people" : what.includes("{}") ? "around" : "theirs";
  return { verbs, kind, what, reach, groups };
}

function sentencesOf(all: Said[]): string[] {
  const about = merged(all, ({ kind, what, groups }) => `${kind} ${what} ${groups}`).map((alike) => ({
    ...(alike[0] as Said),
    verbs: [...new Set(alike.flatMap(({ verbs }) => verbs))],
  }));
  const alikeOf = ({ kind, what, groups, verbs }: Said) =>
    `${kind} ${kind === "around" || kind === "people" ? `${what} ${groups}` : ""} ${verbs}`;
  return merged(about, alikeOf).map((alike) => {
    const [first] = alike as [Said, ...Said[]];
    const what = joined(alike.map((one) => one.what));
    return `Can ${joined(first.verbs)} ${objectOf(first, what)}.`;
  });
}

function objectOf({ kind, reach, groups }: Said, what: string): string {
  if (kind === "plain") return what;
  const whom = joined(reach.map((scope) => (groups ? groupWords[scope] : personWords[scope])));
  if (kind === "people") return whom;
  if (kind === "around") return what.replace("{}", whom);
  if (reach.includes("self")) return `own ${what}`;
  return reach.includes("all") ? `everyone's ${what}` : `${what} of ${whom}`;
}

const personWords: Record<Scope, string> = {
  all: "everyone",
  reports: "people below",
  owned_groups: "members of own groups",
  self: "own account",
};

const groupWords: Record<Scope, string> = { ...personWords, all: "every group", owned_groups: "own groups" };

/** Sentences of the product are its own, in whatever language: they are named, not bent. */
function productSentence(rows: MatrixOperation[]): string {
  const shown = rows.slice(0, most).map(({ sentence }) => `"${sentence}"`);
  const more = rows.length - shown.length;
  return `In the product: ${joined(more > 0 ? [...shown, `${more} more`] : shown)}.`;
}

const most = 6;

function missedSentences(held: readonly HeldOperation[]): string[] {
  const missed = missedWords.filter(({ operation }) => !held.some((one) => one.operation === operation));
  const about = merged(missed, ({ what }) => what).map((alike) => ({
    verbs: joined(
      alike.map(({ verb }) => verb),
      "or",
    ),
    what: alike[0]?.what ?? "",
  }));
  return merged(about, ({ verbs }) => verbs).map(
    (alike) =>
      `Cannot ${alike[0]?.verbs} ${joined(
        alike.map(({ what }) => what),
        "or",
      )}.`,
  );
}

/** Those that are alike together, at the position of the first. */
function merged<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const alike = new Map<string, T[]>();
  for (const one of all) alike.set(keyOf(one), [...(alike.get(keyOf(one)) ?? []), one]);
  return [...alike.values()];
}
