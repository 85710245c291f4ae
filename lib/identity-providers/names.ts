import { eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { identityProviders } from "@/db/schema";
import type { Reads } from "@/lib/context";

/** What configurations are called: a provider by its name, "default" and one whose provider is gone by the word itself. */
export async function configurationNames(db: Reads, slugs: string[]): Promise<(slug: string) => string> {
  const wanted = [...new Set(slugs)].filter((slug) => slug !== "default");
  const { slug, name } = identityProviders;
  const found =
    wanted.length > 0 ? await db.select({ slug, name }).from(identityProviders).where(inArray(slug, wanted)) : [];
  const names = new Map(found.map((row) => [row.slug, row.name]));
  return (configuration) => names.get(configuration) ?? configuration;
}

/**
 * Which provider keeps the password and the email of people of this configuration, by name; null: they are kept here, as they are
 * once the provider is deleted.
 */
export async function keeperOf(db: Reads | Tx, configuration: string): Promise<string | null> {
  if (configuration === "default") return null;
  const { slug, name } = identityProviders;
  const [found] = await db.select({ name }).from(identityProviders).where(eq(slug, configuration));
  return found?.name ?? null;
}

/** A row of `users` with that. */
export async function withKeeper<T extends { configuration: string }>(db: Reads | Tx, person: T) {
  return { ...person, keeper: await keeperOf(db, person.configuration) };
}
