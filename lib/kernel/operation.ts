import type { Scope, TargetKind } from "@/db/enums";
import type { Phrase } from "@/lib/audit/words";

/**
 * One operation: what may be done, as permission, audit verb and log entry. Data only, so the browser may read it too.
 * Its key is stored with roles and events and is never renamed.
 */
export type Operation = {
  /** The heading under which lists of operations show it. */
  noun: string;
  /** What it lets somebody do: "Disable a user". */
  sentence: string;
  /** On whom a role may carry it, widest first. Empty: no role carries it, its own proof opens it. */
  scopes: readonly Scope[];
  /** The operation whose holder may do this too, at the same scopes. */
  under?: string;
  /** R13: only on people who hold no more than the actor. */
  personal?: true;
  /** R8: it can cause somebody to hold more, so its command must say what. */
  grants?: true;
  /** U15: it could lessen the number of administrators, so its commands take their lock unless their own `locks` say otherwise. */
  administrators?: true;
  /** S8: it asks for a proof of identity from the last ten minutes, as does whatever gives somebody more. */
  stepUp?: true;
  /**
   * R15: it hands over other people's credentials or decides who signs in. No role carries it: it belongs to those who
   * hold everything else at its widest scope, without an end.
   */
  everything?: true;
  /** T1: it makes another way to act as somebody, such as a token or a factor, so no access token carries it. */
  notOnTokens?: true;
  icon: IconName;
  /** How the audit log says it. */
  told: Phrase;
  /** Fields whose change the sentence of the log says already. */
  tells?: readonly string[];
  /** It leaves things as they were, so lists of recent changes leave its events out. */
  changesNothing?: true;
  /** Its target is new, so the log shows values without what was before. */
  creates?: true;
};

/** `components/audit/event-list.tsx` says how each of them is drawn. */
export type IconName =
  | "archive"
  | "ban"
  | "check"
  | "download"
  | "eye"
  | "flag"
  | "key"
  | "pencil"
  | "plug"
  | "refresh"
  | "restore"
  | "shield"
  | "sign-in"
  | "sign-out"
  | "trash"
  | "unlock"
  | "unplug"
  | "user-plus";

/** An operation that knows its own key. */
export type Keyed<K extends string = string, O extends Operation = Operation> = O & { readonly key: K };

type PhraseField = "past" | "base" | "object" | "more" | "whole";

/** A generic parameter accepts members that it does not know; a misspelt `personal` would leave a guard out unnoticed. */
type Exact<T extends Record<string, Operation>> = {
  [K in keyof T]: { [F in Exclude<keyof T[K], keyof Operation>]: never } & {
    told: { [F in Exclude<keyof T[K]["told"], PhraseField>]: never };
  };
};

/** Declares the operations of a noun. Each is returned with its key, and with the literal types of what it says. */
export function operationsOf<const T extends Record<string, Operation>>(
  declared: T & Exact<T>,
): { [K in keyof T & string]: Keyed<K, T[K]> } {
  const keyed = Object.entries<Operation>(declared).map(([key, operation]) => [key, { ...operation, key }]);
  return Object.fromEntries(keyed);
}

/** The target of `user.disable` is a user: the first word of an operation says it. */
export const targetKindOf = (operation: string) =>
  (operation.startsWith("account.") ? "user" : operation.slice(0, operation.indexOf("."))) as TargetKind;

/** The sets of scopes that operations share. */
export const everyone = ["all"] as const;
export const everyoneAndSelf = ["all", "self"] as const;
export const people = ["all", "reports", "owned_groups"] as const;
export const peopleAndSelf = ["all", "reports", "owned_groups", "self"] as const;
export const ownedGroups = ["all", "owned_groups"] as const;
export const self = ["self"] as const;
/** For people who are not signed in, or not fully: a password, link or token proves who they are. */
export const proven = [] as const;
