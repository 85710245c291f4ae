import { and, eq, inArray } from "drizzle-orm";
import { groupMembers, type MappedClaims, providerGroups } from "@/db/schema";
import { type Ctx, createContext } from "@/lib/context";
import { AppError, collisionOf } from "@/lib/errors";
import { asProvider, proofOfProvider } from "@/lib/identity-providers/actor";
import { joinGroups, leaveGroups } from "@/lib/identity-providers/commands/groups";
import { differs, syncUser } from "@/lib/identity-providers/commands/provision";
import { movesOf } from "@/lib/identity-providers/group-moves";
import { broughtBy } from "@/lib/identity-providers/profile";
import { noteRefused, toldRefused } from "@/lib/identity-providers/refused-groups";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { mayRun } from "@/lib/kernel/ask";
import { db } from "@/lib/platform/db";
import type { StartedSession } from "@/lib/sign-in/start-session";

/** An identity, and its person as they were when the session began. */
type Known = { id: string; userId: string; person: StartedSession["person"] };

/**
 * What every sign-in brings: the fields that the provider keeps, of those whom it owns, and the groups that it sends, of everybody
 * who is known by it (I3). A sign-in does not fail where it cannot be brought: that has an event of its own.
 */
export async function bringUpToDate(ctx: Ctx, provider: ProviderRow, identity: Known, claims: MappedClaims) {
  await bringFields(ctx, provider, identity, claims);
  await bringGroups(ctx, provider, identity, claims);
}

async function bringFields(ctx: Ctx, provider: ProviderRow, known: Known, claims: MappedClaims): Promise<void> {
  const { person, ...identity } = known;
  if (person.configuration !== provider.slug) return;
  const profile = broughtBy(provider, claims);
  if (!differs(person, profile)) return;
  await orRefused(async () =>
    syncUser(await asProvider(ctx, provider), { ...identity, identityId: identity.id, provider, profile }),
  );
}

async function bringGroups(ctx: Ctx, provider: ProviderRow, identity: Known, { groups }: MappedClaims): Promise<void> {
  if (!Array.isArray(groups)) return;
  const { providerId, value, groupId } = providerGroups;
  const mapped =
    groups.length > 0
      ? await ctx.db
          .select({ value, groupId })
          .from(providerGroups)
          .where(and(eq(providerId, provider.id), inArray(value, groups)))
      : [];
  const held = await ctx.db.select().from(groupMembers).where(eq(groupMembers.userId, identity.userId));
  const moves = movesOf({ providerId: provider.id, values: groups, mapped, held, now: ctx.now() });
  const move = { userId: identity.userId, identityId: identity.id, provider };
  if (moves.leave.length > 0) await leave(ctx, { ...move, groupIds: moves.leave });
  if (moves.join.length > 0) await join(ctx, { ...move, groupIds: moves.join });
  else await noteRefused(ctx, identity.id, []);
}

type Move = { userId: string; identityId: string; provider: ProviderRow; groupIds: string[] };

/** By its own proof alone: what a provider takes back does not hang on who owns it. One by one where one is refused. */
async function leave(ctx: Ctx, move: Move): Promise<void> {
  const acting = createContext(db(), proofOfProvider(move.provider.id), { source: ctx.source, now: ctx.now });
  if (await orRefused(() => leaveGroups(acting, move))) return;
  if (move.groupIds.length < 2) return;
  for (const groupId of move.groupIds) await orRefused(() => leaveGroups(acting, { ...move, groupIds: [groupId] }));
}

/**
 * What may be given is one change; the others are tried as one more, so that the log says why they were refused: once, and again when
 * they are others.
 */
async function join(ctx: Ctx, move: Move): Promise<void> {
  await orRefused(async () => {
    const acting = await asProvider(ctx, move.provider);
    const may: May = async (groupIds) => (await mayRun(acting, joinGroups, { ...move, groupIds })).ok;
    // Of no group it asks R13 alone, which holds for all of them.
    const given = (await may([])) ? await givable(may, move.groupIds) : [];
    const refused = move.groupIds.filter((groupId) => !given.includes(groupId));
    const isNew = refused.length > 0 && !(await toldRefused(ctx, move.identityId, refused));
    for (const groupIds of [given, isNew ? refused : []])
      if (groupIds.length > 0) await orRefused(() => joinGroups(acting, { ...move, groupIds }));
    await noteRefused(ctx, move.identityId, refused);
  });
}

type May = (groupIds: string[]) => Promise<boolean>;

/** Those that may be given, asked in halves: nearly always it is all of them. */
async function givable(may: May, groupIds: string[]): Promise<string[]> {
  if (await may(groupIds)) return groupIds;
  if (groupIds.length === 1) return [];
  const middle = Math.ceil(groupIds.length / 2);
  return [...(await givable(may, groupIds.slice(0, middle))), ...(await givable(may, groupIds.slice(middle)))];
}

/** False where it was refused, which is in the log. */
async function orRefused(bring: () => Promise<unknown>): Promise<boolean> {
  try {
    await bring();
    return true;
  } catch (error) {
    if (!(error instanceof AppError || collisionOf(error))) throw error;
    return false;
  }
}
