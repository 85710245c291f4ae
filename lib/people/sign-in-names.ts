import { and, desc, eq, inArray, lt, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { currentKeyVersion } from "@/db/columns";
import { signInNames, users } from "@/db/schema";
import type { Reads } from "@/lib/context";
import { emailKeyOf, foldEmail } from "@/lib/normalization/email";
import { foldName } from "@/lib/normalization/fold";
import { formerEmail, formerName } from "@/lib/normalization/former-keys";
import { together } from "@/lib/platform/together";

/** The names under which a person signs in: one table has the keys of both, so no user name is anybody's email. */
export type NameField = "username" | "email";
type Names = Record<NameField, string>;
type Keys = Map<string, NameField>;

/** A user name that is an address has the normal form of addresses as well, so it equals nobody's email. */
const keysOf = ({ username, email }: Names): Keys => {
  const asAddress = foldEmail(username);
  return new Map<string, NameField>([
    [emailKeyOf(email), "email"],
    [foldName(username), "username"],
    ...(asAddress ? [[asAddress, "username"] as const] : []),
  ]);
};

/** The keys of the names of somebody. */
export const signInKeys = (names: Names): string[] => [...keysOf(names).keys()];

/** The keys by the first folding, with their fields. */
const formerKeysOf = ({ username, email }: Names): Keys => {
  const [address, asAddress] = [formerEmail(email), formerEmail(username)];
  return new Map<string, NameField>([
    ...(address ? [[address, "email"] as const] : []),
    [formerName(username), "username"],
    ...(asAddress ? [[asAddress, "username"] as const] : []),
  ]);
};

/**
 * Who signs in as `name`, as a condition on `sign_in_names` joined with `users`, and which of them goes first: somebody
 * whose keys are not folded again is found by the first folding, so that people who type their name as it is can sign in.
 */
export function signsInAs(name: string) {
  const formerKeys = [formerName(name), formerEmail(name) ?? ""];
  const former = sql`(${lt(users.keyVersion, currentKeyVersion)} and ${inArray(signInNames.key, formerKeys)})`;
  return { where: or(former, inArray(signInNames.key, [foldName(name), foldEmail(name) ?? ""])), first: desc(former) };
}

/** A name of somebody whose key belongs to somebody else. */
export type Collision = { field: NameField; holderId: string };

/**
 * Makes these the names that sign this person in, and gives up the others. A key that belongs to somebody else is given
 * back as foreign; but where the person has that name by the first folding already, they keep it: `former` has its fields.
 */
export async function takeNames(tx: Tx, userId: string, person: Names) {
  const [wanted, formerly] = [keysOf(person), formerKeysOf(person)];
  const held = await claimed(tx, userId, [...wanted.keys()], [...formerly.keys()]);
  const own = held.filter((name) => name.userId === userId).map(({ key }) => key);
  const taken = held.filter((name) => name.userId !== userId);
  const former = new Set<NameField>();
  const foreign: Collision[] = [];
  for (const { key, userId: holderId } of taken) {
    const field = wanted.get(key) ?? formerly.get(key) ?? "username";
    const mine = own.some((one) => formerly.get(one) === field && !wanted.has(one));
    if (mine) former.add(field);
    else foreign.push({ field, holderId });
  }
  const isKept = (field?: NameField) => field !== undefined && former.has(field);
  const given = own.filter((key) => !wanted.has(key) && !isKept(formerly.get(key)));
  if (given.length > 0)
    await tx.delete(signInNames).where(and(eq(signInNames.userId, userId), inArray(signInNames.key, given)));
  return { foreign, former };
}

/**
 * Inserts these keys where nobody holds them, and gives who holds them and what else this person holds. A key whose holder
 * gives it up between the insert and the look is nobody's then, so it is inserted again.
 */
async function claimed(tx: Tx, userId: string, keys: string[], others: string[]) {
  for (;;) {
    await insertFree(tx, { userId, keys });
    const held = await findHeld(tx, { userId, keys: [...keys, ...others] });
    if (keys.every((key) => held.some((name) => name.key === key))) return held;
  }
}

type Wanted = { userId: string; keys: string[] };

/** Who has these keys, and which ones this person has. */
const findHeld = together<Wanted, (typeof signInNames.$inferSelect)[]>(async (tx, wanted) => {
  const keys = [...new Set(wanted.flatMap((one) => one.keys))];
  const people = wanted.map(({ userId }) => userId);
  const rows = await tx
    .select()
    .from(signInNames)
    .where(or(inArray(signInNames.userId, people), inArray(signInNames.key, keys)));
  return wanted.map((one) => rows.filter((row) => row.userId === one.userId || one.keys.includes(row.key)));
});

/** In the order of the keys, so that no two changes wait for each other. */
const insertFree = together<Wanted, void>(async (tx, wanted) => {
  const rows = wanted.flatMap(({ userId, keys }) => keys.map((key) => ({ key, userId })));
  const inOrder = rows.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  await tx.insert(signInNames).values(inOrder).onConflictDoNothing();
  return wanted.map(() => undefined);
});

/** Which of their names by the current folding belong to others, by the id of the person. */
export async function collisionsOf(db: Reads, people: ({ id: string } & Names)[]): Promise<Map<string, Collision[]>> {
  const wanted = people.map((person) => ({ id: person.id, keys: keysOf(person) }));
  const keys = [...new Set(wanted.flatMap((one) => [...one.keys.keys()]))];
  if (keys.length === 0) return new Map();
  const held = await db.select().from(signInNames).where(inArray(signInNames.key, keys));
  return new Map(
    wanted.map(({ id, keys: own }) => [
      id,
      held.flatMap(({ key, userId }) => {
        const field = own.get(key);
        return field && userId !== id ? [{ field, holderId: userId }] : [];
      }),
    ]),
  );
}

/** The ids of those who sign in under other keys than those of the current folding. */
export async function withOtherNames(db: Reads | Tx, people: ({ id: string } & Names)[]): Promise<Set<string>> {
  const ids = people.map(({ id }) => id);
  const held = ids.length > 0 ? await db.select().from(signInNames).where(inArray(signInNames.userId, ids)) : [];
  const own = new Map<string, string[]>();
  for (const { userId, key } of held) own.set(userId, [...(own.get(userId) ?? []), key]);
  const differs = (person: { id: string } & Names) => {
    const wanted = keysOf(person);
    const keys = own.get(person.id) ?? [];
    return keys.length !== wanted.size || keys.some((key) => !wanted.has(key));
  };
  return new Set(people.filter(differs).map(({ id }) => id));
}
