import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { events, users } from "@/db/schema";
import { purgedName } from "@/lib/audit/told";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { fullName } from "@/lib/normalization/names";

/** Who last raised the version of a row, as the log has it. */
export type Raiser = {
  /** Within a sentence: "Bob Baker", "you", "somebody outside your view". */
  name: string;
  /** It was the actor, in another window. */
  self: boolean;
  at: Date | null;
  /** Ids of people whom `name` names: for the event of a refusal that quotes it. */
  named: string[];
};

/** Asks the log which event raised this version. A row from before events were noted there names nobody. */
export async function raiserOf(ctx: Ctx, tx: Tx, row: { versionEventId: string | null }): Promise<Raiser> {
  const unknown = { name: "somebody", self: false, at: null, named: [] };
  if (!row.versionEventId) return unknown;
  const [event] = await tx
    .select({ at: events.at, kind: events.actorKind, actorId: events.actorId, personId: events.personId })
    .from(events)
    .where(eq(events.id, row.versionEventId));
  if (!event) return unknown;
  const { at, kind } = event;
  if (kind === "operator") return { ...unknown, name: "the server's owner", at };
  if (kind === "provider") return { ...unknown, name: "an identity provider", at };
  if (kind === "service_account") return { ...unknown, name: "a service account", at };
  if (kind === "client") return { ...unknown, name: "a client", at };
  // Following a link proves that it is the person whom it concerns.
  const id = kind === "person" || kind === "token" ? event.actorId : event.personId;
  if (!id) return { ...unknown, at };
  if (ctx.actor.access.personId === id) return { name: "you", self: true, at, named: [] };
  const [person] = await tx
    .select({
      firstName: users.firstName,
      lastName: users.lastName,
      visible: sql<boolean>`${within(ctx, "user.read", users.id)}`,
    })
    .from(users)
    .where(eq(users.id, id));
  if (!person) return { ...unknown, name: purgedName(id), at };
  if (!person.visible) return { ...unknown, name: "somebody outside your view", at };
  return { name: fullName(person), self: false, at, named: [id] };
}

/** By this name a program says that somebody saved another version in the meantime. */
export const staleProblem = "version-replaced";

type Versioned = { name: string; version: number; versionEventId: string | null };

/**
 * Refuses an edit of a version that has been replaced in the meantime, and says by whom. `noun`: what is to be loaded again. `also`: what
 * else makes a new version.
 */
export async function refuseStale(
  ctx: Ctx,
  tx: Tx,
  row: Versioned,
  version: number,
  { noun, also = "" }: { noun: string; also?: string },
): Promise<void> {
  if (row.version === version) return;
  const raiser = await raiserOf(ctx, tx, row);
  throw new AppError(
    "conflict",
    `${savedMeanwhile(raiser, row.name)}${also}, so your changes were not saved. Reload the ${noun} to see what changed.`,
    { named: raiser.named, details: { problem: staleProblem } },
  );
}

/** "Bob Baker saved this user in the meantime", "You saved this user in another window in the meantime" */
export function savedMeanwhile({ name, self }: Raiser, what: string): string {
  const who = name.charAt(0).toUpperCase() + name.slice(1);
  return `${who} saved ${what}${self ? " in another window" : ""} in the meantime`;
}
