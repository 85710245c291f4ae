import { eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type ClaimMapping, identityProviders, users } from "@/db/schema";
import type { Reads } from "@/lib/context";
import { invalidField } from "@/lib/errors";
import { type Keeper, type KeptField, keptFieldsOf, keptReason } from "@/lib/people/kept-fields";
import { together } from "@/lib/platform/together";

type Person = { configuration: string; status: string; statusBeforeDisable: string | null };

/**
 * The provider that keeps somebody's details and password (I4), by their configuration; null for `default`, and once the provider
 * has been deleted: then everything is edited here. It keeps no field of somebody who has not signed in yet: a mistyped email, by
 * which they are to be recognized, is repaired here.
 */
export async function keeperOf(db: Reads | Tx, person: Person): Promise<Keeper | null> {
  const { configuration, status, statusBeforeDisable } = person;
  const provider = await findTogether(db as Tx, configuration);
  if (!provider) return null;
  const isAwaited = status === "invited" || statusBeforeDisable === "invited";
  return { name: provider.name, fields: isAwaited ? [] : keptFieldsOf(provider.mapping) };
}

/** The same of somebody of whom only the id is known. */
export async function findKeeper(db: Reads | Tx, userId: string): Promise<Keeper | null> {
  const [person] = await db.select().from(users).where(eq(users.id, userId));
  return person ? keeperOf(db, person) : null;
}

type Keeping = { name: string; mapping: ClaimMapping };

/** Asked for everybody, so that the items of a batch stay side by side; of nobody but `default` there is nothing to ask. */
const findTogether = together<string, Keeping | null>(
  async (tx, slugs) => {
    const { slug, name, mapping } = identityProviders;
    const wanted = [...new Set(slugs)].filter((one) => one !== "default");
    const asked = tx.select({ slug, name, mapping }).from(identityProviders);
    const rows = wanted.length > 0 ? await asked.where(inArray(slug, wanted)) : [];
    const found = new Map(rows.map((row) => [row.slug, row]));
    return slugs.map((one) => found.get(one) ?? null);
  },
  { inWaves: true },
);

/** A person's row with the provider that keeps its fields. */
export type Kept = { keeper: Keeper | null };

export const withKeeper = async <T extends Person>(db: Reads | Tx, person: T): Promise<T & Kept> => ({
  ...person,
  keeper: await keeperOf(db, person),
});

/** Refuses, at the first field that is wrong, what only the provider changes; the form sends what it shows. */
export function refuseKept<T extends Record<KeptField, string> & Kept>(
  { keeper, ...before }: T,
  input: Partial<Record<KeptField, string>>,
) {
  const changed = keeper?.fields.find(
    (field) => field in input && input[field] !== (before as Record<string, unknown>)[field],
  );
  if (keeper && changed) throw invalidField(changed, keptReason(keeper));
}
