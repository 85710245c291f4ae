import type { Tx } from "@/db/client";
import type { ActorKind } from "@/db/enums";
import { type Access, noAccess, unrestrictedAccess } from "@/lib/authz/model";
import type { Viewing } from "@/lib/authz/viewing";

type Principal<K extends ActorKind, Id extends string | null> = {
  /** `kind` and `id` are for authentication and the log; decisions ask `access`. */
  kind: K;
  id: Id;
  /** The session in which it acts: it can be asked for a new proof, and nothing is kept once it has ended. Null: none. */
  sessionId: string | null;
  access: Access;
  /** As whom they are viewing: `access` is then that person's, for reading alone, and `id` stays their own. */
  viewing?: Viewing | undefined;
  /** Reads again, inside a transaction, what it may do. Throws `unauthenticated` when it may not act any more. */
  renew(tx: Tx, at: Date): Promise<Access>;
};

/**
 * What an access token says of itself: its id and name, when it ends, and whose it is; of one of a service account, without a person.
 * `tokenMaker`: who made it for its owner, as events keep people; null where its owner did.
 */
type OfToken = {
  tokenId: string;
  tokenName: string;
  tokenEndsAt: Date | null;
  tokenOwner: { id: string; username: string; name: string } | null;
  tokenMaker: string | null;
};

/** Every kind of actor. A token of a person acts as its owner, whose id it has; a service account, through a token of its own, as itself. Authentication makes them and the audit log names them; nothing else asks which one it is. */
export type Actor =
  | Principal<"person", string>
  | (Principal<"token", string> & OfToken)
  | (Principal<"service_account", string> & OfToken & { accountName: string })
  | Principal<"client", string>
  | Principal<"provider", string>
  | Principal<"operator", null>
  | Principal<"nobody", null>;

/** The bearer of an access token. */
export type TokenActor = Extract<Actor, { tokenId: string }>;

export type Person = Extract<Actor, { kind: "person" }>;

/** Whether a signed-in person acts: what a command asks that is `for: "person"`. */
export const isPerson = (actor: Actor): actor is Person => actor.kind === "person";

/** Whose console a signed-in person reads: their own, or that of the person they view as. */
export const readsAs = ({ id, viewing }: Person): string => viewing?.personId ?? id;

const constant = (access: Access) => ({ sessionId: null, access, renew: async () => access });

/** The server's owner, at its command line. */
export const operator: Actor = { kind: "operator", id: null, ...constant(unrestrictedAccess) };

/** Somebody who proves who they are by what they bring: a password, a token, a setup code. */
export const nobody: Actor = { kind: "nobody", id: null, ...constant(noAccess) };

/** An installed client that has proved its key. It holds nothing; its own proof opens what it does. */
export const clientActor = (id: string): Actor => ({ kind: "client", id, ...constant(noAccess) });
