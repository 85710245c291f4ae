import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { identityProviders } from "@/db/schema";
import { requireInForce } from "@/lib/auth/require-session";
import { catalogueOf, catalogueVersion } from "@/lib/authz/catalogue";
import { limitToCeiling } from "@/lib/authz/limit";
import { loadAccess } from "@/lib/authz/load";
import { type Access, noAccess, operationsIn, type Scope } from "@/lib/authz/model";
import type { Actor } from "@/lib/authz/principal";
import { type Ctx, createContext, type Reads } from "@/lib/context";
import { AppError, forbidden } from "@/lib/errors";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { carriedKeys, operationOf } from "@/lib/operations";
import { db } from "@/lib/platform/db";

/**
 * A provider as an actor: what its owner holds at that moment, below its ceiling (I3). Throws `forbidden` when it is not enabled
 * or nobody active owns it.
 */
async function providerActor(from: Reads | Tx, id: string, at: Date): Promise<Actor> {
  const renew = (tx: Tx, then: Date) => accessOfProvider(tx, id, then);
  return { kind: "provider", id, sessionId: null, access: await accessOfProvider(from as Tx, id, at), renew };
}

/** The same in the request of a sign-in. */
export async function asProvider(ctx: Ctx, { id }: { id: string }): Promise<Ctx> {
  return createContext(db(), await providerActor(ctx.db, id, ctx.now()), { source: ctx.source, now: ctx.now });
}

/** What it would do with its state in this transaction, enabled or not: for a preview. Nothing where it has no active owner. */
export async function actingAs(ctx: Ctx, tx: Tx, provider: ProviderRow): Promise<Ctx> {
  const renew = (within: Tx, then: Date) =>
    belowCeiling(within, provider, then).catch((error: unknown) => {
      if (error instanceof AppError) return noAccess;
      throw error;
    });
  const actor: Actor = { ...proofOfProvider(provider.id), access: await renew(tx, ctx.now()), renew };
  return createContext(tx, actor, { source: ctx.source, now: ctx.now });
}

/**
 * A provider that has proved somebody, or by a token of its own that a session there is over, in any state and with any owner. It
 * holds nothing; its proof opens what it does.
 */
export const proofOfProvider = (id: string): Actor => ({
  kind: "provider",
  id,
  sessionId: null,
  access: noAccess,
  renew: async () => noAccess,
});

async function accessOfProvider(tx: Tx, id: string, at: Date): Promise<Access> {
  const [provider] = await tx.select().from(identityProviders).where(eq(identityProviders.id, id));
  if (provider?.state !== "enabled") throw forbidden("The identity provider is not enabled.");
  return belowCeiling(tx, provider, at);
}

async function belowCeiling(tx: Tx, { ownerId, ceilingRoleIds }: ProviderRow, at: Date): Promise<Access> {
  if (ownerId === null) throw forbidden("The identity provider has no owner.");
  await requireInForce({ id: ownerId, sessionId: null }, tx, at).catch(() => {
    throw forbidden("The owner of the identity provider is no longer active.");
  });
  return limitToCeiling(await loadAccess(tx, ownerId, at), await ceilingOf(tx, ceilingRoleIds));
}

/** One's own account, and what the roles of the ceiling carry. */
async function ceilingOf(tx: Tx, roleIds: string[]): Promise<{ operation: string; scope: Scope }[]> {
  const own = carriedKeys
    .filter((key) => operationOf(key).scopes.includes("self"))
    .map((operation) => ({ operation, scope: "self" as const }));
  if (roleIds.length === 0) return own;
  const [{ version } = { version: "" }] = await tx.select({ version: catalogueVersion }).from(sql`(select 1) one`);
  const { roles, apps } = await catalogueOf(tx, version);
  return [
    ...own,
    ...roleIds.flatMap((roleId) => {
      const role = roles.get(roleId);
      return role ? operationsIn(role, apps) : [];
    }),
  ];
}
