import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { groupMembers, handovers, userRoles } from "@/db/schema";
import { peopleValue } from "@/lib/audit/named";
import { type Decision, require } from "@/lib/authz/decision";
import type { Grants } from "@/lib/authz/grants";
import { isOver } from "@/lib/authz/model";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { dropFactors } from "@/lib/factors/commands/reset";
import { command } from "@/lib/kernel/command";
import type { Change } from "@/lib/kernel/steps";
import { revokeLinks } from "@/lib/links/issue";
import { dropPassword } from "@/lib/passwords/store";
import { userPages } from "@/lib/people/pages";
import { lockChosen, type UserRow } from "@/lib/people/scoped";
import { giveReports, saveUser, traceOf } from "@/lib/people/store";
import { stateAllows } from "@/lib/people/subject";
import { userTarget } from "@/lib/people/target";
import { together } from "@/lib/platform/together";
import { refuseChanged } from "@/lib/users/conflict";
import { grantsOfHandingBack, type Handover, handoversOf, mayHandBack } from "@/lib/users/handovers";
import { userOperations } from "@/lib/users/operations";
import { giveOwned } from "@/lib/users/owned";
import { inShort, manyOfType, namesInShort } from "@/lib/users/owned-words";
import { restoreUserSchema } from "@/lib/users/schema";

export type Restored = {
  id: string;
  /** Names of what was handed back, and of what stays where it is, with the reason. */
  handedBack: string[];
  skipped: { name: string; reason: string }[];
};

type Chosen = { handover: Handover; skipped: string | null };

/**
 * Brings back the earlier state without any credential: a new password has to be set (U13). What was handed on when the
 * person was removed is handed back as far as it is chosen and still with whom it went to.
 */
export const restoreUser = command(userOperations["user.restore"], {
  input: restoreUserSchema,
  route: "POST /users/{id}/restore",
  target: async (work, { id, handBack = [] }) => {
    const reports = await handedReports(work.tx, id);
    await lockChosen(
      work.tx,
      reports.filter((reportId) => handBack.includes(reportId)),
      id,
    );
    return userTarget(work, { id });
  },
  locks: ["organisation"],
  already: ({ status }, { id }) => (status === "archived" ? null : { value: { id, handedBack: [], skipped: [] } }),
  allowed: stateAllows("user.restore"),
  grants: async ({ ctx, tx }, person, input) => {
    const chosen = await chosenOf(ctx, tx, person, input);
    const given = chosen.filter(({ skipped }) => skipped === null).map(({ handover }) => handover);
    return {
      ...(await restoredGrants(ctx, tx, person.id, person.primaryRoleId)),
      ...grantsOfHandingBack(person.id, given),
    };
  },
  check: ({ ctx, tx }, person, seen) => refuseChanged(ctx, tx, person, seen),
  change: async ({ ctx, tx, now }, before, input): Promise<Change<Restored>> => {
    const chosen = await chosenOf(ctx, tx, before, input);
    await dropPassword(tx, before.id);
    await dropFactors(tx, before.id);
    await revokeLinks(ctx, tx, before.id);
    const saved = await saveUser(
      tx,
      before,
      {
        status: before.statusBeforeArchive ?? "active",
        statusBeforeArchive: null,
        archivedAt: null,
        failedSignIns: 0,
        lockouts: 0,
        lockedAt: null,
        lockedUntil: null,
      },
      { edited: true },
    );
    const { back, skipped } = await giveBack(tx, before.id, chosen, now);
    await tx.delete(handovers).where(eq(handovers.userId, before.id));
    const objects = namesInShort(back.filter(({ report }) => !report));
    const reports = back.filter(({ report }) => report).map((report) => report.id);
    return {
      value: { id: before.id, handedBack: namesInShort(back), skipped },
      after: await traceOf(tx, saved),
      facts: {
        ...(objects.length > 0 && { objectsBack: objects }),
        ...(reports.length > 0 && { reportsBack: peopleValue(reports) }),
      },
    };
  },
  refresh: userPages,
});

/** The reports that were handed on when somebody was removed. */
const handedReports = together<string, string[]>(async (tx, ids) => {
  const rows = await tx
    .select({ id: handovers.objectId, userId: handovers.userId })
    .from(handovers)
    .where(and(inArray(handovers.userId, ids), eq(handovers.kind, "report")));
  return ids.map((id) => rows.flatMap((row) => (row.userId === id.toLowerCase() ? row.id : [])));
});

type Wanted = { handBack?: string[] | undefined; handBackTypes?: string[] | undefined };

/** What is chosen, with the reason why some of it stays where it is. Throws where the actor may not change it. */
async function chosenOf(ctx: Ctx, tx: Tx, person: UserRow, wanted: Wanted): Promise<Chosen[]> {
  const { handBack = [], handBackTypes = [] } = wanted;
  if (handBack.length + handBackTypes.length === 0) return [];
  const found = await handoversOf(ctx, tx, person.id);
  const chosen = new Map(found.filter(({ type }) => type && handBackTypes.includes(type)).map((one) => [one.id, one]));
  const byId = new Map(found.map((handover) => [handover.id, handover]));
  for (const id of handBack) {
    const handover = byId.get(id);
    if (!handover) throw notFound("One of the objects to return");
    chosen.set(id, handover);
  }
  const known = [...chosen.values()];
  const decisions = await mayHandBack(ctx, tx, person, known);
  return known.map((handover, at) => {
    const decision = decisions[at] as Decision;
    if (!decision.ok && decision.code === "forbidden") require(decision);
    return { handover, skipped: decision.ok ? null : decision.reason };
  });
}

/** Where somebody else changed it at the same moment, it stays theirs. */
async function giveBack(tx: Tx, personId: string, chosen: Chosen[], now: Date) {
  const given = chosen.filter(({ skipped }) => skipped === null).map(({ handover }) => handover);
  const handed = given.map(({ kind, id, toId }) => ({ kind, id, fromId: toId, toId: personId }));
  const moved = new Set([
    ...(await giveReports(
      tx,
      handed.filter(({ kind }) => kind === "report"),
    )),
    ...(await giveOwned(
      tx,
      handed.flatMap(({ kind, ...one }) => (kind === "report" ? [] : { kind, ...one })),
      now,
    )),
  ]);
  const back = given.filter(({ id }) => moved.has(id));
  const stays = chosen.filter(({ handover }) => !moved.has(handover.id));
  const reasonOf = new Map(
    stays.map(({ handover: { id, name }, skipped }) => [id, skipped ?? `${name} now has another owner.`]),
  );
  const { named, types } = inShort(stays.map(({ handover }) => handover));
  const skipped = [
    ...named.map(({ id, name }) => ({ name, reason: reasonOf.get(id) ?? "" })),
    ...types.map(({ type, things: [first, ...more] }) => {
      const name = manyOfType("resource", type, more.length + 1);
      return { name, reason: `${name} were not returned: ${reasonOf.get(first?.id ?? "")}` };
    }),
  ];
  return { back, skipped };
}

/** To restore somebody is to give again all that they held and that is not over. */
async function restoredGrants(ctx: Ctx, tx: Tx, personId: string, primaryRoleId: string): Promise<Grants> {
  const direct = await tx.select().from(userRoles).where(eq(userRoles.userId, personId));
  const joined = await tx.select().from(groupMembers).where(eq(groupMembers.userId, personId));
  const lasting = ({ endsAt }: { endsAt: Date | null }) => !isOver(endsAt, ctx.now());
  const given = direct.filter(lasting).map(({ roleId, endsAt }) => ({ roleId, until: endsAt }));
  return {
    roles: [{ roleId: primaryRoleId, until: null }, ...given],
    memberships: joined.filter(lasting).map(({ groupId, endsAt }) => ({ groupId, until: endsAt })),
  };
}
