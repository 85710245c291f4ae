import { eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { handovers, users } from "@/db/schema";
import { storedStatusAt } from "@/lib/authz/account-status";
import { authorize } from "@/lib/authz/authorize";
import { require } from "@/lib/authz/decision";
import type { Ctx } from "@/lib/context";
import { AppError, invalidField } from "@/lib/errors";
import { saveProvider } from "@/lib/identity-providers/store";
import { command } from "@/lib/kernel/command";
import { lockRows } from "@/lib/kernel/lock";
import type { Change } from "@/lib/kernel/steps";
import { checkOwners } from "@/lib/memberships/placement";
import { giveGroups } from "@/lib/memberships/store";
import { fullName } from "@/lib/normalization/names";
import { checkManager, requireInSight } from "@/lib/people/placement";
import { lockChosen, namedInSight, type UserRow } from "@/lib/people/scoped";
import { giveReports, saveUser, traceOf } from "@/lib/people/store";
import { stateAllows } from "@/lib/people/subject";
import { userTarget } from "@/lib/people/target";
import { together } from "@/lib/platform/together";
import { type Ended, endCredentials, linksOf } from "@/lib/users/leaving";
import { userOperations } from "@/lib/users/operations";
import { giveAccounts, type OwnedObject, ownedObjects } from "@/lib/users/owned";
import { type ArchiveUser, archiveUserSchema } from "@/lib/users/schema";

export type Removed = Ended & {
  id: string;
  objects: number;
  handedOver: { name: string; owner: string }[];
  reports: number;
  /** Who manages them now; null for nobody. */
  manager: string | null;
};

/**
 * "Remove user": ends sessions, links and clients, hands owned objects and direct reports on, all in one transaction
 * (U11). Every object the person owns at this moment needs an active new owner. The checklist that tells of it refreshes
 * the page when it closes.
 */
export const archiveUser = command(userOperations["user.archive"], {
  input: archiveUserSchema,
  route: "POST /users/{id}/archive",
  target: async (work, { id, managerId, owners }) => {
    const chosen = [managerId, ...owners.map(({ ownerId }) => ownerId)];
    await lockChosen(work.tx, [...chosen, ...(await reportsOf(work.tx, id))], id);
    const found = await userTarget(work, { id });
    return { ...found, record: { ...found.record, owned: await ownedObjects(work.tx, id, work.now) } };
  },
  locks: ["administrators", "organisation"],
  allowed: stateAllows("user.archive"),
  grants: async ({ ctx, tx }, person, { managerId, owners }) => {
    const { id } = person;
    const ownerIds = owners.map(({ ownerId }) => ownerId);
    await requireInSight(ctx, tx, "owners", ownerIds);
    const [report] = await tx.select({ id: users.id }).from(users).where(eq(users.managerId, id)).limit(1);
    if (report) await requireInSight(ctx, tx, "managerId", [managerId], person.managerId);
    return {
      owners: [...new Set(ownerIds)].map((ownerId) => ({ ownerId })),
      accounts: accountsHanded(person.owned, owners),
      managers: report && managerId ? [{ personId: report.id, managerId }] : [],
    };
  },
  check: async ({ ctx, tx }, person, { owners, managerId }) => {
    await checkHanding(ctx, tx, person.id, person.owned, owners);
    const reports = managerId ? await reportsOf(tx, person.id) : [];
    if (reports.length > 0 && managerId === person.id) throw invalidField("managerId", "Choose another manager.");
    if (reports.length > 0) await checkManager(ctx, tx, reports, managerId ?? "", person.managerId);
  },
  change: async ({ ctx, tx }, { owned, ...before }, { owners, managerId }): Promise<Change<Removed>> => {
    await tx.delete(handovers).where(eq(handovers.userId, before.id));
    const handedOver = await handOver(tx, before.id, owned, owners);
    const reports = await reassignReports(tx, before, managerId);
    const manager = reports > 0 && managerId ? await namedInSight(ctx, tx, managerId) : null;
    const ended = await endCredentials(ctx, tx, before.id, "archived");
    const saved = await saveUser(
      tx,
      before.id,
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
        objects: owned.map((object) => object.name),
        reports,
      },
    };
  },
});

type Owners = ArchiveUser["owners"];

const ownerOf = (object: OwnedObject, owners: Owners) => owners.find(({ id }) => id === object.id)?.ownerId ?? "";

/** A service account does under its new owner what that owner might give it (R14). */
const accountsHanded = (owned: OwnedObject[], owners: Owners) =>
  owned.flatMap((object) => {
    const ownerId = ownerOf(object, owners);
    return object.kind === "service_account" && ownerId ? [{ accountId: object.id, ownerId }] : [];
  });

async function checkHanding(ctx: Ctx, tx: Tx, personId: string, owned: OwnedObject[], owners: Owners) {
  const chosen = owned.map((object) => ({ what: object.name, ownerId: ownerOf(object, owners) }));
  for (const { what, ownerId } of chosen) {
    if (ownerId === "")
      throw new AppError("invalid", `Choose an owner for ${what}.`, {
        fields: { owners: `Choose an owner for ${what}.` },
      });
    if (ownerId === personId) throw invalidField("owners", `Choose another owner for ${what}.`);
  }
  await checkOwners(ctx, tx, chosen, "owners");
  if (owned.some(({ kind }) => kind === "identity_provider"))
    require(await authorize(ctx, tx, "identity_provider.update", { person: null }));
}

/** In one statement for each kind. A provider is not handed back when its owner is restored: what it gives goes by whoever owns it (I3). */
async function handOver(
  tx: Tx,
  personId: string,
  owned: OwnedObject[],
  owners: Owners,
): Promise<Removed["handedOver"]> {
  if (owned.length === 0) return [];
  const given = owned.map((object) => ({ ...object, fromId: personId, toId: ownerOf(object, owners) }));
  const of = (wanted: OwnedObject["kind"]) => given.filter(({ kind }) => kind === wanted);
  await giveGroups(tx, of("group"));
  await giveAccounts(tx, of("service_account"));
  for (const { id, toId } of of("identity_provider")) await saveProvider(tx, id, { ownerId: toId });
  const back = given.flatMap(({ id, kind, toId }) =>
    kind === "identity_provider" ? [] : { kind, objectId: id, toId },
  );
  if (back.length > 0) await tx.insert(handovers).values(back.map((one) => ({ ...one, userId: personId })));
  const ids = given.map(({ toId }) => toId);
  const people = await tx.select().from(users).where(inArray(users.id, ids));
  const names = new Map(people.map((person) => [person.id, fullName(person)]));
  return given.map(({ name, toId }) => ({ name, owner: names.get(toId) ?? "" }));
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
