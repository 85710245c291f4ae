import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import { identities, users } from "@/db/schema";
import type { LoggedEvent } from "@/lib/audit/event";
import { providerFaults } from "@/lib/audit-log/of-provider";
import { scopesOf } from "@/lib/authz/evaluate";
import { requireAll, within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { remedyOf } from "@/lib/identity-providers/remedies";
import { fullName } from "@/lib/normalization/names";
import type { Named } from "@/lib/people/scoped";

/** Who signed in last through a provider, each with their last time. `person` is null outside what the viewer may see (R11). */
type LastSignIn = { id: string; person: Named | null; at: Date };

export type ProviderActivity = {
  signIns: LastSignIn[];
  /** What was refused; null for viewers who may not read all of the audit log: most of it is about nobody. */
  faults: LoggedEvent[] | null;
  /** What can be done about these, each once, in the order of the newest. */
  remedies: { reason: string; advice: string }[];
};

/** How many of each are shown. */
const shown = 20;

/** Throws `forbidden` without `identity_provider.read`. */
export async function providerActivity(ctx: Ctx, id: string): Promise<ProviderActivity> {
  requireAll(ctx, "identity_provider.read", "You don't have permission to see the identity providers.");
  const mayRead = scopesOf(ctx.actor.access, "audit.read").has("all");
  const [signIns, faults] = await Promise.all([lastSignIns(ctx, id), mayRead ? providerFaults(ctx, id, shown) : null]);
  return { signIns, faults, remedies: remediesFor(faults ?? []) };
}

async function lastSignIns(ctx: Ctx, id: string): Promise<LastSignIn[]> {
  const rows = await ctx.db
    .select({
      id: identities.id,
      at: identities.lastSignInAt,
      userId: users.id,
      firstName: users.firstName,
      lastName: users.lastName,
      visible: sql<boolean>`(${within(ctx, "user.read", users.id)} or ${users.id} = ${ctx.actor.access.personId})`,
    })
    .from(identities)
    .innerJoin(users, eq(users.id, identities.userId))
    .where(and(eq(identities.providerId, id), isNotNull(identities.lastSignInAt)))
    .orderBy(desc(identities.lastSignInAt))
    .limit(shown);
  return rows.flatMap(({ id: identityId, at, userId, visible, ...names }) =>
    at ? [{ id: identityId, at, person: visible ? { id: userId, name: fullName(names) } : null }] : [],
  );
}

function remediesFor(faults: LoggedEvent[]): ProviderActivity["remedies"] {
  const told = new Map<string, string>();
  for (const { values } of faults) {
    const reason = values["fact.reason"];
    if (typeof reason !== "string") continue;
    const remedy = remedyOf(reason);
    if (remedy && ![...told.values()].includes(remedy.advice)) told.set(reason, remedy.advice);
  }
  return [...told].map(([reason, advice]) => ({ reason, advice }));
}
