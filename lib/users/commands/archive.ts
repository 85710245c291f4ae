import { eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { handedRows } from "@/db/handed";
import { handovers, users } from "@/db/schema";
import { storedStatusAt } from "@/lib/authz/account-status";
import { authorize } from "@/lib/authz/authorize";
import { require } from "@/lib/authz/decision";
import type { Ctx } from "@/lib/context";
import { AppError, invalidField } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import { lockRows } from "@/lib/kernel/lock";
import type { Change } from "@/lib/kernel/steps";
import { checkOwners } from "@/lib/memberships/placement";
import { fullName } from "@/lib/normalization/names";
import { userPages } from "@/lib/people/pages";
import { checkManager, requireInSight } from "@/lib/people/placement";
import { lockChosen, namedInSight, type UserRow } from "@/lib/people/scoped";
import { giveReports, saveUser, traceOf } from "@/lib/people/store";
import { stateAllows } from "@/lib/people/subject";
import { userTarget } from "@/lib/people/target";
import { together } from "@/lib/platform/together";
import { refuseChanged } from "@/lib/users/conflict";
import { type Ended, endCredentials, linksOf } from "@/lib/users/leaving";
import { userOperations } from "@/lib/users/operations";
import { giveOwned, type OwnedObject, ownedObjects } from "@/lib/users/owned";
import { grantsOfHanding, ownedNouns } from "@/lib/users/owned-nouns";
import { inShort, manyOfType, namesInShort, ownedKinds } from "@/lib/users/owned-words";
import { type ArchiveUser, archiveUserSchema } from "@/lib/users/schema";

export type Removed = Ended & {
  id: string;
  objects: number;
  /** `many`: the name means several, such as all of a type. */
  handedOver: { name: string; owner: string; many?: true }[];
  reports: number;
  /** Who manages them now; null for nobody. */
  manager: string | null;
};

/**
 * "Remove user": ends sessions, links and clients, hands owned objects and direct reports on, all in one transaction
 * (U11). Every object the person owns at this moment needs an active new owner.
 */
export const archiveUser = command(userOperations["user.archive"], {
  input: archiveUserSchema,
  route: "POST /users/{id}/archive",
  target: async (work, { id, managerId, ...input }) => {
    const chosen = [managerId, ...newOwners(input)];
    await lockChosen(work.tx, [...chosen, ...(await reportsOf(work.tx, id))], id);
    const found = await userTarget(work, { id });
    return { ...found, record: { ...found.record, owned: await ownedObjects(work.tx, id, work.now) } };
  },
  locks: ["administrators", "organisation"],
  allowed: stateAllows("user.archive"),
  grants: async ({ ctx, tx }, person, { managerId, ...input }) => {
    const { id } = person;
    await requireInSight(ctx, tx, "owners", newOwners(input));
    const ownerOf = ownersBy(input);
    const handed = person.owned.flatMap((object) => {
      const ownerId = ownerOf(object);
      return ownerId ? [{ ...object, ownerId }] : [];
    });
    const [report] = await tx.select({ id: users.id }).from(users).where(eq(users.managerId, id)).limit(1);
    if (report) await requireInSight(ctx, tx, "managerId", [managerId], person.managerId);
    return {
      ...grantsOfHanding(handed),
      managers: report && managerId ? [{ personId: report.id, managerId }] : [],
    };
  },
  check: async ({ ctx, tx }, person, { managerId, ...input }) => {
    await refuseChanged(ctx, tx, person, input);
    await checkHanding(ctx, tx, person.id, person.owned, ownersBy(input));
    const reports = managerId ? await reportsOf(tx, person.id) : [];
    if (reports.length > 0 && managerId === person.id) throw invalidField("managerId", "Choose another manager.");
    if (reports.length > 0) await checkManager(ctx, tx, reports, managerId ?? "", person.managerId);
  },
  change: async ({ ctx, tx, now }, { owned, ...before }, { managerId, ...input }): Promise<Change<Removed>> => {
    await tx.delete(handovers).where(eq(handovers.userId, before.id));
    const handedOver = await handOver(tx, before.id, owned, { ownerOf: ownersBy(input), now });
    const reports = await reassignReports(tx, before, managerId);
    const manager = reports > 0 && managerId ? await namedInSight(ctx, tx, managerId) : null;
    const ended = await endCredentials(ctx, tx, before.id, "archived");
    const saved = await saveUser(
      tx,
      before,
      {
        status: "archived",
        statusBeforeArchive: storedStatusAt(before, ctx.now()),
        archivedAt: ended.at,
      },
      { edited: true },
    );
    return {
      value: {
        id: before.id,
        ...ended,
        objects: owned.length,
        handedOver,
        reports,
        manager: manager?.name ?? null,
      },
      after: await traceOf(tx, saved),
      facts: {
        sessions: ended.sessions,
        clients: ended.clientNames,
        ...linksOf(ended),
        objects: namesInShort(owned),
        reports,
      },
    };
  },
  refresh: userPages,
});

type Owners = Pick<ArchiveUser, "owners" | "ownersOfTypes">;
type OwnerOf = (object: OwnedObject) => string | undefined;

const newOwners = ({ owners, ownersOfTypes = [] }: Owners) => [
  ...new Set([...owners, ...ownersOfTypes].map(({ ownerId }) => ownerId)),
];

/** Who gets each object: the person chosen for it alone, else the one chosen for all of its type. */
function ownersBy({ owners, ownersOfTypes = [] }: Owners): OwnerOf {
  const byId = new Map(owners.map(({ id, ownerId }) => [id, ownerId]));
  const byType = new Map(ownersOfTypes.map(({ type, ownerId }) => [type, ownerId]));
  return ({ id, type }) => byId.get(id) ?? byType.get(type ?? "");
}

async function checkHanding(ctx: Ctx, tx: Tx, personId: string, owned: OwnedObject[], ownerOf: OwnerOf) {
  const chosen = owned.map((object) => ({ what: object.name, ownerId: ownerOf(object) ?? "" }));
  for (const { what, ownerId } of chosen) {
    if (ownerId === "")
      throw new AppError("invalid", `Choose an owner for ${what}.`, {
        fields: { owners: `Choose an owner for ${what}.` },
      });
    if (ownerId === personId) throw invalidField("owners", `Choose another owner for ${what}.`);
  }
  await checkOwners(ctx, tx, chosen, "owners");
  const taken = new Set(owned.flatMap(({ kind }) => ownedNouns[kind].handing ?? []));
  for (const operation of taken) require(await authorize(ctx, tx, operation, { person: null }));
}

type Handing = { ownerOf: OwnerOf; now: Date };

/** In as many statements as there are nouns, however many things. */
async function handOver(
  tx: Tx,
  personId: string,
  owned: OwnedObject[],
  { ownerOf, now }: Handing,
): Promise<Removed["handedOver"]> {
  if (owned.length === 0) return [];
  const given = owned.map((object) => ({ ...object, fromId: personId, toId: ownerOf(object) ?? "" }));
  await giveOwned(tx, given, now);
  for (const kind of ownedKinds) {
    const of = given.filter((one) => one.kind === kind);
    if (of.length > 0 && ownedNouns[kind].back)
      await tx.execute(sql`insert into handovers (user_id, kind, object_id, to_id)
        select given.from_id, ${kind}, given.id, given.to_id from ${handedRows(of)}`);
  }
  const ids = [...new Set(given.map(({ toId }) => toId))];
  const people = await tx.select().from(users).where(inArray(users.id, ids));
  const names = new Map(people.map((person) => [person.id, fullName(person)]));
  const { named, types } = inShort(given.map((object) => ({ ...object, owner: names.get(object.toId) ?? "" })));
  const ofType = types.flatMap(({ type, things }) =>
    [...new Set(things.map(({ owner }) => owner))].map((owner) => {
      const of = things.filter((one) => one.owner === owner);
      return { name: manyOfType("resource", type, of.length), owner, ...(of.length > 1 && { many: true as const }) };
    }),
  );
  return [...named.map(({ name, owner }) => ({ name, owner })), ...ofType];
}

const reportsOf = together<string, string[]>(async (tx, ids) => {
  const reports = await tx
    .select({ id: users.id, managerId: users.managerId })
    .from(users)
    .where(inArray(users.managerId, ids));
  return ids.map((id) => reports.flatMap((report) => (report.managerId === id.toLowerCase() ? report.id : [])));
});

async function reassignReports(tx: Tx, person: UserRow, managerId: string | null): Promise<number> {
  const reports = await lockRows(tx, tx.select().from(users).where(eq(users.managerId, person.id)), "no key update");
  if (reports.length === 0) return 0;
  const ids = reports.map((report) => report.id);
  await giveReports(
    tx,
    ids.map((id) => ({ id, fromId: person.id, toId: managerId })),
  );
  await tx
    .insert(handovers)
    .values(ids.map((objectId) => ({ userId: person.id, kind: "report" as const, objectId, toId: managerId })));
  return reports.length;
}
