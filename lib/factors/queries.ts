import { and, asc, eq, isNotNull } from "drizzle-orm";
import { authenticators, passkeys } from "@/db/schema";
import type { Ctx, Person } from "@/lib/context";
import { heldFactors } from "@/lib/factors/held";
import { passkeysPossible } from "@/lib/factors/passkeys";
import { isFactorRequired } from "@/lib/factors/requirement";
import { type Ways, waysOf } from "@/lib/factors/ways";
import { readSettings } from "@/lib/platform/read-settings";

export type OwnFactors = {
  authenticator: { createdAt: Date; lastUsedAt: Date | null } | null;
  passkeys: { id: string; name: string; createdAt: Date; lastUsedAt: Date | null }[];
  codesLeft: number;
  /** Whether this person must have one (S7). */
  required: boolean;
  /** Why no passkey can be made at this address. */
  noPasskeys: string | null;
};

const step = 30_000;

/** One's own second factors, as "Security" lists them. Nothing secret is read. */
export async function getOwnFactors(ctx: Ctx<Person>): Promise<OwnFactors> {
  const { id } = ctx.actor;
  const [app] = await ctx.db
    .select({ createdAt: authenticators.createdAt, lastStep: authenticators.lastStep })
    .from(authenticators)
    .where(and(eq(authenticators.userId, id), isNotNull(authenticators.confirmedAt)));
  const keys = await ctx.db
    .select({ id: passkeys.id, name: passkeys.name, createdAt: passkeys.createdAt, lastUsedAt: passkeys.lastUsedAt })
    .from(passkeys)
    .where(eq(passkeys.userId, id))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id));
  return {
    authenticator: app
      ? { createdAt: app.createdAt, lastUsedAt: app.lastStep === null ? null : new Date(app.lastStep * step) }
      : null,
    passkeys: keys,
    codesLeft: (await heldFactors(ctx.db, id)).codesLeft,
    required: await isFactorRequired(ctx.db, id, await readSettings(ctx.db), ctx.now()),
    noPasskeys: passkeysPossible() ? null : "Passkeys need a host name, and this address is an IP address.",
  };
}

/** By which means the person at this session can prove themselves again (S8). All false and empty: by none. */
export type ProofWays = Omit<Ways, "providers"> & { providers: { slug: string; name: string }[] };

export async function proofWays(ctx: Ctx<Person>): Promise<ProofWays> {
  const { providers, ...ways } = await waysOf(ctx.db, ctx.actor.id, ctx.now());
  return { ...ways, providers: providers.map(({ slug, name }) => ({ slug, name })) };
}
