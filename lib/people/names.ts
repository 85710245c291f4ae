import { inArray } from "drizzle-orm";
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
