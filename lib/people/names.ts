import { sql } from "drizzle-orm";
import { keptBuilt } from "@/db/kept";
import { identityProviders } from "@/db/schema";
import type { Reads } from "@/lib/context";

/** What configurations are called: a provider by its name, "default" and one whose provider is gone by the word itself. */
export async function configurationNames(db: Reads, slugs: string[]): Promise<(slug: string) => string> {
  const wanted = [...new Set(slugs)].filter((slug) => slug !== "default");
  const found = wanted.length > 0 ? await ask(db, { wanted: JSON.stringify(wanted) }) : [];
  const names = new Map(found.map((row) => [row.slug, row.name]));
  return (configuration) => names.get(configuration) ?? configuration;
}

const { slug, name } = identityProviders;

const ask = keptBuilt((db: Reads) =>
  db
    .select({ slug, name })
    .from(identityProviders)
    .where(sql`${slug} in (select jsonb_array_elements_text(${sql.placeholder("wanted")}::jsonb))`),
);
