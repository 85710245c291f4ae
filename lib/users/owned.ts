import { count, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Handed } from "@/db/handed";
import type { Ctx, Reads } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { findPerson } from "@/lib/people/scoped";
import { ownedNouns } from "@/lib/users/owned-nouns";
import { namedUpTo, type OwnedKind, ownedKinds } from "@/lib/users/owned-words";

export type OwnedObject = {
  kind: OwnedKind;
  id: string;
  name: string;
  /** Of a noun with types, as a resource. */
  type: string | null;
  members: number;
  roles: number;
};

/** Objects by name, and those that are too many for it by type. */
export type Owned = { objects: OwnedObject[]; types: { kind: OwnedKind; type: string; count: number }[] };

/** What somebody owns, for actors who may see them; throws `not_found` otherwise. */
export async function listOwned(ctx: Ctx, ownerId: string): Promise<Owned> {
  const person = await findPerson(ctx, "user.read", ownerId);
  if (!person) throw notFound("The user");
  return ownedInShort(ctx.db, person.id, ctx.now());
}

/** What a person owns, groups first, by name. Members and roles are those of a moment, archived people left out. */
export async function ownedObjects(db: Reads | Tx, ownerId: string, at: Date): Promise<OwnedObject[]> {
  const found = await Promise.all(ownedKinds.map((kind) => ownedOf(db, kind, ownerId, at)));
  return found.flat();
}

/** The same, however much it is: what a page shows. */
export async function ownedInShort(db: Reads | Tx, ownerId: string, at: Date): Promise<Owned> {
  const found = await Promise.all(
    ownedKinds.map(async (kind): Promise<Owned> => {
      const types = await typesOf(db, kind, ownerId);
      if (types.reduce((sum, one) => sum + one.count, 0) > namedUpTo) return { objects: [], types };
      return { objects: await ownedOf(db, kind, ownerId, at), types: [] };
    }),
  );
  return { objects: found.flatMap(({ objects }) => objects), types: found.flatMap(({ types }) => types) };
}

async function ownedOf(db: Reads | Tx, kind: OwnedKind, owner: string, at: Date): Promise<OwnedObject[]> {
  const { table, id, name, nameKey, ownerId, type, members, roles } = ownedNouns[kind];
  const rows = await db
    .select({
      id: sql<string>`${id}`,
      name: sql<string>`${name}`,
      type: sql<string | null>`${type ?? null}`,
      members: members?.(at) ?? sql<number>`0`,
      roles: roles?.(at) ?? sql<number>`0`,
    })
    .from(table)
    .where(eq(ownerId, owner))
    .orderBy(nameKey, id);
  return rows.map((row) => ({ kind, ...row }));
}

async function typesOf(db: Reads | Tx, kind: OwnedKind, owner: string): Promise<Owned["types"]> {
  const { table, ownerId, type } = ownedNouns[kind];
  if (!type) return [];
  const rows = await db
    .select({ type: sql<string>`${type}`, count: count() })
    .from(table)
    .where(eq(ownerId, owner))
    .groupBy(type)
    .orderBy(type);
  return rows.map((row) => ({ kind, ...row }));
}

/** Hands things from their owners to others, in as many statements as there are nouns. Returns those that were still theirs. */
export async function giveOwned(tx: Tx, handed: (Handed & { kind: OwnedKind })[], now: Date): Promise<string[]> {
  const given: string[] = [];
  for (const kind of ownedKinds) {
    const of = handed.filter((one) => one.kind === kind);
    if (of.length > 0) given.push(...(await ownedNouns[kind].give(tx, of, now)));
  }
  return given;
}
