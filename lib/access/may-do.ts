import type { AskedOperation } from "@/lib/access/asked-operations";
import { type Access, holdingsThatOpen, opens, operationsIn, type Scope } from "@/lib/authz/model";
import { productNoun, scopeWords, type Voice } from "@/lib/authz/scope-words";
import { isFound } from "@/lib/normalization/search";

/** One operation as a sentence about a person: held and on whom, or not and why it is dormant. */
export type MayDo = { operation: AskedOperation; held: boolean; on: string };

const widestFirst: readonly Scope[] = ["all", "reports", "owned_groups", "self"];

/** Every operation that can be asked about, held or not, in the order of the catalogue. */
export function mayDoOf(access: Access, operations: AskedOperation[], voice: Voice): MayDo[] {
  return operations.map((operation) => {
    const held = new Set(holdingsThatOpen(access, operation.key).map(({ scope }) => scope));
    if (held.size > 0) return { operation, held: true, on: reachWords([...held], operation, voice) };
    const asleep = access.roles.find(
      (role) =>
        !role.inForce && operationsIn(role, access.appOperations).some((one) => opens(one.operation, operation.key)),
    );
    return { operation, held: false, on: asleep ? `"${asleep.name}" is not in force` : "nobody" };
  });
}

/** "everyone", "people below Lee and members of Lee's groups", "all of Gatehouse". */
export function reachWords(scopes: Scope[], { takes, noun }: AskedOperation, voice: Voice): string {
  if (takes === "nobody") return noun === productNoun ? "the product" : "all of Gatehouse";
  const shown = scopes.includes("all") ? (["all"] as const) : widestFirst.filter((scope) => scopes.includes(scope));
  return shown.map((scope) => scopeWords(scope, voice, takes)).join(" and ");
}

/** Those whose sentence, key or noun contains every word that was typed. */
export const searchMayDo = (rows: MayDo[], q: string): MayDo[] =>
  rows.filter(({ operation: { key, sentence, noun } }) => isFound(q, key, sentence, noun));

export type SaidOperation = Pick<AskedOperation, "key" | "sentence" | "noun"> & Omit<MayDo, "operation">;

/** As much of it as a list shows. */
export const shortly = ({ operation: { key, sentence, noun }, held, on }: MayDo): SaidOperation => ({
  ...{ key, sentence, noun, held, on },
});

export function byNoun<T extends { noun: string }>(rows: T[]): { noun: string; rows: T[] }[] {
  const nouns: { noun: string; rows: T[] }[] = [];
  for (const row of rows) {
    const last = nouns.find(({ noun }) => noun === row.noun);
    if (last) last.rows.push(row);
    else nouns.push({ noun: row.noun, rows: [row] });
  }
  return nouns;
}
