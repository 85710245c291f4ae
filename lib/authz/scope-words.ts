import type { Scope } from "@/db/enums";
import { type OperationKey, operationOf } from "@/lib/operations";

/** What an operation is used on, and so what a question about it has to name besides. */
export type Takes = "nobody" | "self" | "person" | "group" | "member";

export function takesOf(key: OperationKey): Takes {
  const { scopes, personal } = operationOf(key);
  if (scopes.every((scope) => scope === "self")) return "self";
  if (key.startsWith("group.") && scopes.includes("owned_groups")) return personal ? "member" : "group";
  return personal || scopes.length > 1 ? "person" : "nobody";
}

/** Under what the operations of the product are listed. */
export const productNoun = "Operations of the product";

/** How sentences speak of somebody: by first name, or as "you" to themselves. */
export type Voice = { who: string; whom: string; whose: string; self: boolean };

export const voiceOf = (firstName: string, self: boolean): Voice =>
  self
    ? { who: "You", whom: "you", whose: "your", self }
    : { who: firstName, whom: firstName, whose: `${firstName}'s`, self };

/** A scope in words, as `people below Lee`; empty where there is nobody to act on. */
export function scopeWords(scope: Scope, voice: Voice, takes: Takes): string {
  const groups = takes === "group" || takes === "member";
  const words: Record<Scope, string> = {
    all: takes === "nobody" ? "" : groups ? "every group" : "everyone",
    reports: `people below ${voice.whom}`,
    owned_groups: groups
      ? `groups that ${voice.self ? "you own" : `${voice.whom} owns`}`
      : `members of ${voice.whose} groups`,
    self: voice.self ? "your own account" : "own account",
  };
  return words[scope];
}

/** A holder of a role, where nobody in particular is meant. */
export const holder: Voice = { who: "The holder", whom: "the holder", whose: "the holder's", self: false };
