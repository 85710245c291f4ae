import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { type HandoverKind, handoverKinds } from "@/db/enums";
import { handovers, users } from "@/db/schema";
import { canManage, statusAt } from "@/lib/authz/account-status";
import { authorize } from "@/lib/authz/authorize";
import { type Decision, mayNot, notNow, require, yes } from "@/lib/authz/decision";
import { guardGrants } from "@/lib/authz/guards";
import { relate, within } from "@/lib/authz/relation";
import type { Ctx, Reads } from "@/lib/context";
import { AppError, notFound } from "@/lib/errors";
import { counted } from "@/lib/lists/format-total";
import { fullName } from "@/lib/normalization/names";
import { userRules } from "@/lib/people/policy";
import { findPerson, namesInSight, type UserRow } from "@/lib/people/scoped";
import { subjectOf } from "@/lib/people/subject";
import { askingTogether } from "@/lib/platform/together";
import { grantsOfHanding, ownedNouns } from "@/lib/users/owned-nouns";
import { inShort, manyOfType, type OwnedKind } from "@/lib/users/owned-words";

/** Something that was handed on when its person was removed. `toId`: who got it; `nowId`: whose it is now. */
export type Handover = {
  kind: HandoverKind;
  id: string;
  name: string;
  /** Of an object of a noun with types. */
  type: string | null;
  toId: string | null;
  nowId: string | null;
  /** Of a report: their row. */
  report: UserRow | null;
};

/** What was handed on and still exists, as far as the actor may see it (R11): reports, then what they owned. */
export async function handoversOf(ctx: Ctx, db: Reads | Tx, userId: string): Promise<Handover[]> {
  const of = (kind: HandoverKind) => and(eq(handovers.userId, userId), eq(handovers.kind, kind));
  const reports = await db
    .select({ toId: handovers.toId, report: users })
    .from(handovers)
    .innerJoin(users, eq(users.id, handovers.objectId))
    .where(and(of("report"), within(ctx, "user.read", users.id)))
    .orderBy(users.nameKey);
  const found = reports.map(
    ({ toId, report }): Handover => ({
      ...{ kind: "report", id: report.id, name: fullName(report), type: null, toId },
      nowId: report.managerId,
      report,
    }),
  );
  for (const kind of handoverKinds) {
    if (kind === "report") continue;
    const { table, id, name, nameKey, ownerId, type, back } = ownedNouns[kind];
    if (!back) continue;
    const rows = await db
      .select({
        toId: handovers.toId,
        id: sql<string>`${id}`,
        name: sql<string>`${name}`,
        type: sql<string | null>`${type ?? null}`,
        nowId: sql<string | null>`${ownerId}`,
      })
      .from(handovers)
      .innerJoin(table, eq(id, handovers.objectId))
      .where(and(of(kind), back.inSight(ctx, handovers.toId)))
      .orderBy(nameKey, id);
    found.push(...rows.map((row) => ({ kind, ...row, report: null })));
  }
  return found;
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
  if (nowId !== toId) return notNow(`${name} now has another owner.`);
  const status = statusAt({ ...person, status: person.statusBeforeArchive ?? "active" }, ctx.now());
  if (report) {
    if (!canManage(status)) return notNow(`${fullName(person)} will be ${status} and cannot be a manager.`);
    const { reports: isAbove } = await relate(db, id, person.id, ctx.now());
    if (isAbove) return notNow(`${name} is above ${fullName(person)} in the organisation now.`);
    const decision = await authorize(ctx, db, "user.update", { person: { id, name } });
    const actorId = ctx.actor.access.personId;
    return decision.ok ? userRules["user.update"](actorId, subjectOf(report, ctx.now())) : decision;
  }
  if (status !== "active" && status !== "locked")
    return notNow(`${fullName(person)} will be ${status} and cannot own ${name}.`);
  const takes = kind === "report" ? undefined : ownedNouns[kind].back?.takes;
  return takes ? authorize(ctx, db, takes, { person: null, ownerId: nowId }) : yes;
}

/** What handing these back gives (R14): reach over reports to the person and everybody above, and what their objects give. */
export const grantsOfHandingBack = (personId: string, handed: Handover[]) => ({
  managers: handed.flatMap(({ report }) => (report ? [{ personId: report.id, managerId: personId }] : [])),
  ...grantsOfHanding(handed.flatMap(({ kind, id }) => (kind === "report" ? [] : { kind, id, ownerId: personId }))),
});

export type HandBackOffer = {
  kind: HandoverKind;
  /** Of things that are offered by type, the type. */
  id: string;
  name: string;
  /** Whom it went to, by name where the actor may see them; null for nobody. */
  to: string | null;
  decision: Decision;
  /** It means everything of this type. */
  byType?: true;
}[];

/** What can be handed back with restoring somebody, and what cannot, with the reason. For actors who may restore them. */
export async function handBackOffer(ctx: Ctx, id: string): Promise<HandBackOffer> {
  const person = await findPerson(ctx, "user.read", id);
  if (!person) throw notFound("The user");
  require(await authorize(ctx, ctx.db, "user.restore", { person: { id, name: fullName(person) } }));
  const found = await handoversOf(ctx, ctx.db, id);
  const names = await namesInSight(ctx, [...new Set(found.flatMap(({ toId }) => toId ?? []))]);
  const decisions = await mayHandBack(ctx, ctx.db, person, found);
  const [asking, at] = [askingTogether(ctx.db), ctx.now()];
  const offered = await Promise.all(
    found.map(async (handover, index) => {
      const { kind, id: objectId, name, toId, type } = handover;
      const may = decisions[index] as Decision;
      const decision = may.ok ? await mayGive({ ...ctx, now: () => at }, asking, person.id, handover) : may;
      const to = toId && (names.get(toId)?.name ?? "somebody outside your view");
      return { kind, id: objectId, name, to, decision, type };
    }),
  );
  const { named, types } = inShort(offered);
  return [
    ...named.map(({ type: _, ...one }) => one),
    ...types.map(({ type, things: [first, ...more] }) => offerOfType(type, [first as Offered, ...more])),
  ];
}

type Offered = HandBackOffer[number] & { type: string | null };

function offerOfType(type: string, things: [Offered, ...Offered[]]): HandBackOffer[number] {
  const possible = things.filter(({ decision }) => decision.ok);
  const [first = things[0]] = possible;
  const { kind, decision } = first;
  const words = manyOfType(kind as OwnedKind, type, possible.length || things.length);
  const left = things.length - possible.length;
  const name = possible.length > 0 && left > 0 ? `${words}, without ${counted(left, "other")}` : words;
  const to = things.every((one) => one.to === first.to) ? first.to : "several people";
  return { kind, id: type, name, to, decision, byType: true };
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
