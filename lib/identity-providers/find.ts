import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { keptBuilt } from "@/db/kept";
import { identityProviders } from "@/db/schema";
import type { Connection } from "@/lib/auth/providers/oidc/client";
import type { Reads } from "@/lib/context";
import { redirectUriOf } from "@/lib/identity-providers/queries";
import { type ProviderRow, readSecret } from "@/lib/identity-providers/store";
import { isOffered } from "@/lib/people/only-way-in";

/** Whether a text from an address could be the short name of a provider. */
export const isSlug = (slug: string) => /^[a-z0-9-]{2,40}$/.test(slug);

/** `offered`: people may sign in through it at this moment. */
type FoundProvider = ProviderRow & { offered: boolean };

/** A provider by the short name in an address, in whatever state; null: there is none. Asked for each request. */
export async function providerBySlug(db: Reads, slug: string): Promise<FoundProvider | null> {
  if (!isSlug(slug)) return null;
  const [found] = await askBySlug(db, { slug });
  return found ? { ...found.provider, offered: found.offered } : null;
}

const askBySlug = keptBuilt((db: Reads) =>
  db
    .select({ provider: identityProviders, offered: isOffered })
    .from(identityProviders)
    .where(eq(identityProviders.slug, sql.placeholder("slug"))),
);

/** The same by its id. */
export async function providerById(db: Reads | Tx, id: string): Promise<ProviderRow | null> {
  const [found] = await db.select().from(identityProviders).where(eq(identityProviders.id, id));
  return found ?? null;
}

/** With the way to its secret, for the requests that are made to it. */
export const connectionOf = (db: Reads, provider: ProviderRow): ProviderRow & Connection => ({
  ...provider,
  clientSecret: () => readSecret(db, provider.id),
  redirectUri: redirectUriOf(provider.slug),
});
