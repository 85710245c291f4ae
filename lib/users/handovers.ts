import { and, eq, or } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { HandoverKind } from "@/db/enums";
import { groups, handovers, serviceAccounts, users } from "@/db/schema";
import { canManage, statusAt } from "@/lib/authz/account-status";
import { authorize } from "@/lib/authz/authorize";
import { type Decision, mayNot, notNow, require, yes } from "@/lib/authz/decision";
import { guardGrants } from "@/lib/authz/guards";
import { relate, within } from "@/lib/authz/relation";
import type { Ctx, Reads } from "@/lib/context";
import { AppError, notFound } from "@/lib/errors";
import { groupsWithin } from "@/lib/memberships/scoped";
import { fullName } from "@/lib/normalization/names";
import { userRules } from "@/lib/people/policy";
import { findPerson, namesInSight, type UserRow } from "@/lib/people/scoped";
import { subjectOf } from "@/lib/people/subject";
import { askingTogether } from "@/lib/platform/together";

/** Something that was handed on when its person was removed. `toId`: who got it; `nowId`: whose it is now. */
export type Handover = {
  kind: HandoverKind;
  id: string;
  name: string;
  toId: string | null;
  nowId: string | null;
  /** Of a report: their row. */
  report: UserRow | null;
};

/** What was handed on and still exists, as far as the actor may see it (R11): reports, groups, service accounts. */
export async function handoversOf(ctx: Ctx, db: Reads | Tx, userId: string): Promise<Handover[]> {
  const of = (kind: HandoverKind) => and(eq(handovers.userId, userId), eq(handovers.kind, kind));
  const reports = await db
    .select({ toId: handovers.toId, report: users })
    .from(handovers)
    .innerJoin(users, eq(users.id, handovers.objectId))
    .where(and(of("report"), within(ctx, "user.read", users.id)))
    .orderBy(users.nameKey);
  const owned = await db
    .select({ toId: handovers.toId, id: groups.id, name: groups.name, nowId: groups.ownerId })
    .from(handovers)
    .innerJoin(groups, eq(groups.id, handovers.objectId))
    .where(and(of("group"), groupsWithin(ctx, "group.read")))
    .orderBy(groups.nameKey);
  const seesOwner = or(within(ctx, "user.read", handovers.toId), within(ctx, "user.read", serviceAccounts.ownerId));
  const accounts = await db
    .select({
      toId: handovers.toId,
      id: serviceAccounts.id,
      name: serviceAccounts.name,
      nowId: serviceAccounts.ownerId,
    })
    .from(handovers)
    .innerJoin(serviceAccounts, eq(serviceAccounts.id, handovers.objectId))
    .where(and(of("service_account"), seesOwner))
    .orderBy(serviceAccounts.nameKey);
  return [
    ...reports.map(({ toId, report }) => ({
      kind: "report" as const,
      id: report.id,
      name: fullName(report),
      toId,
      nowId: report.managerId,
      report,
    })),
    ...owned.map((group) => ({ kind: "group" as const, ...group, report: null })),
    ...accounts.map((account) => ({ kind: "service_account" as const, ...account, report: null })),
  ];
}

/**
 * Whether the actor may hand these back to the person who is restored: each is still with whom it went to, the person can
 * hold it, and the actor may change it. What its reach gives is for the guard of R8. What it takes is read for all of them.
 */
export function mayHandBack(ctx: Ctx, db: Reads | Tx, person: UserRow, handed: Handover[]): Promise<Decision[]> {
  const asking = askingTogether(db);
  const at = ctx.now();
  return Promise.all(handed.map((handover) => mayHandOneBack({ ...ctx, now: () => at }, asking, person, handover)));
}

async function mayHandOneBack(ctx: Ctx, db: Reads | Tx, person: UserRow, handover: Handover): Promise<Decision> {
  const { kind, id, name, toId, nowId, report } = handover;
  if (nowId !== toId) return notNow(`${name} has changed hands since.`);
  const status = statusAt({ ...person, status: person.statusBeforeArchive ?? "active" }, ctx.now());
  if (report) {
    if (!canManage(status)) return notNow(`${fullName(person)} will be ${status}, so cannot be a manager.`);
    const { reports: isAbove } = await relate(db, id, person.id, ctx.now());
    if (isAbove) return notNow(`${name} is above ${fullName(person)} in the organisation now.`);
    const decision = await authorize(ctx, db, "user.update", { person: { id, name } });
    const actorId = ctx.actor.access.personId;
    return decision.ok ? userRules["user.update"](actorId, subjectOf(report, ctx.now())) : decision;
  }
  if (status !== "active" && status !== "locked")
    return notNow(`${fullName(person)} will be ${status}, so cannot own ${name}.`);
  return kind === "group" ? authorize(ctx, db, "group.update", { person: null, ownerId: nowId }) : yes;
}

/** What handing these back gives (R14): reach over reports to the person and everybody above, over members to the owner. */
export const grantsOfHandingBack = (personId: string, handed: Handover[]) => ({
  managers: handed.flatMap(({ report }) => (report ? [{ personId: report.id, managerId: personId }] : [])),
  owners: handed.some(({ report }) => !report) ? [{ ownerId: personId }] : [],
  accounts: handed.flatMap(({ kind, id }) =>
    kind === "service_account" ? [{ accountId: id, ownerId: personId }] : [],
  ),
});

export type HandBackOffer = {
  kind: HandoverKind;
  id: string;
  name: string;
  /** Whom it went to, by name where the actor may see them; null for nobody. */
  to: string | null;
  decision: Decision;
}[];

/** What can be handed back with restoring somebody, and what cannot, with the reason. For whoever may restore them. */
export async function handBackOffer(ctx: Ctx, id: string): Promise<HandBackOffer> {
  const person = await findPerson(ctx, "user.read", id);
  if (!person) throw notFound("The user");
  require(await authorize(ctx, ctx.db, "user.restore", { person: { id, name: fullName(person) } }));
  const found = await handoversOf(ctx, ctx.db, id);
  const names = await namesInSight(ctx, [...new Set(found.flatMap(({ toId }) => toId ?? []))]);
  const decisions = await mayHandBack(ctx, ctx.db, person, found);
  const [asking, at] = [askingTogether(ctx.db), ctx.now()];
  return Promise.all(
    found.map(async (handover, index) => {
      const { kind, id: objectId, name, toId } = handover;
      const may = decisions[index] as Decision;
      const decision = may.ok ? await mayGive({ ...ctx, now: () => at }, asking, person.id, handover) : may;
      const to = toId && (names.get(toId)?.name ?? "somebody outside what you may see");
      return { kind, id: objectId, name, to, decision };
    }),
  );
}

/** The guard of R8, asked before the change. */
async function mayGive(ctx: Ctx, db: Reads | Tx, personId: string, handover: Handover): Promise<Decision> {
  try {
    await guardGrants(ctx, db, grantsOfHandingBack(personId, [handover]));
    return yes;
  } catch (error) {
    if (error instanceof AppError && error.code === "forbidden") return mayNot(error.message);
    throw error;
  }
}
