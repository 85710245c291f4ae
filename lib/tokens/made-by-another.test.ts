import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import {
  accessTokens,
  events,
  eventValues,
  roleOperations,
  roles,
  serviceAccountRoles,
  userRoles,
  users,
} from "@/db/schema";
import { describeEvent } from "@/lib/audit/describe";
import type { LoggedEvent } from "@/lib/audit/event";
import { plain } from "@/lib/audit/fields";
import { exportEvents } from "@/lib/audit-log/export";
import { noAuditFilters } from "@/lib/audit-log/filters";
import { listEvents, listOwnEvents } from "@/lib/audit-log/queries";
import type { Ctx, Person } from "@/lib/context";
import { createAccount } from "@/lib/service-accounts/commands/create";
import { issueAccountToken } from "@/lib/service-accounts/commands/issue-token";
import { company } from "@/lib/testing/company";
import { as, makeUser, rolledBack } from "@/lib/testing/database";
import { programOf, programWith } from "@/lib/testing/programs";
import { issueToken, regenerateToken } from "@/lib/tokens/commands";
import { archiveUser } from "@/lib/users/commands/archive";
import { purgeUser } from "@/lib/users/commands/purge";

const roleId = newId();
const query = { filters: { ...noAuditFilters, operation: ["client.generate" as const] }, zone: "UTC" };
const sentence = (event: LoggedEvent | undefined) => event && plain(describeEvent(event).sentence);

/** Ada makes a token for Eve, by which a client of Eve's is made. */
async function used(tx: Tx) {
  const people = await company(tx);
  const wanted = { userId: people.eve.id, name: "nightly", operations: ["client.generate", "client.read"], days: 7 };
  const issued = await issueToken(await as(tx, people.ada), wanted);
  const generate = (token: string, name: string) =>
    programWith(tx, token)("POST", `/users/${people.eve.id}/clients`, { body: { name } });
  expect((await generate(issued.token, "rig")).status).toBe(201);
  return { ...people, issued, generate };
}

const newest = async (ctx: Ctx) => sentence((await listEvents(ctx, query)).rows[0]);

async function exportedBy(ctx: Ctx) {
  let text = "";
  for await (const piece of await exportEvents(ctx, query, "ndjson")) text += piece;
  return JSON.parse(text.trim().split("\n")[0] ?? "");
}

test("T4: what is done by a token that somebody made for another names both, in the log, the export and REST", () =>
  rolledBack(async (tx) => {
    const { ada } = await used(tx);
    const told = "Eve Engineer by token nightly, created by Ada Admin, generated client rig";
    expect(await newest(await as(tx, ada))).toBe(told);
    const exported = await exportedBy(await as(tx, ada));
    expect(exported).toMatchObject({ token: "nightly", tokenMaker: "Ada Admin", sentence: told });
    const ask = await programOf(tx, ada);
    expect((await ask("GET", "/audit-events?operation=client.generate")).body.items).toMatchObject([
      { actor: { kind: "token", name: "Eve Engineer", token: "nightly", tokenMaker: "Ada Admin" } },
    ]);
    expect((await ask("GET", "/audit-events?operation=token.issue")).body.items).toMatchObject([
      { actor: { kind: "person", token: null, tokenMaker: null } },
    ]);
  }));

test("T4: so does a regenerated token; one that its owner made names the owner alone", () =>
  rolledBack(async (tx) => {
    const { ada, eve, issued, generate } = await used(tx);
    const asEve = (await as(tx, eve)) as Ctx<Person>;
    const own = await regenerateToken(asEve, { id: issued.id, overlapHours: 0, days: 7 });
    expect((await generate(own.token, "rig-2")).status).toBe(201);
    expect(await newest(await as(tx, ada))).toBe("Eve Engineer by token nightly generated client rig-2");
    const again = await regenerateToken(await as(tx, ada), { id: own.id, overlapHours: 0, days: 7 });
    expect((await generate(again.token, "rig-3")).status).toBe(201);
    expect(await newest(await as(tx, ada))).toContain("by token nightly, created by Ada Admin, generated");
    await tx.update(accessTokens).set({ createdBy: null }).where(eq(accessTokens.id, again.id));
    expect((await generate(again.token, "rig-4")).status).toBe(201);
    expect(await newest(await as(tx, ada))).toContain("by token nightly, created by the server's owner, generated");
  }));

test("R11, U14: a maker out of sight is not named, and a purge leaves no name of theirs", () =>
  rolledBack(async (tx) => {
    const { ada, eve } = await used(tx);
    const own = await listOwnEvents((await as(tx, eve)) as Ctx<Person>, query);
    expect(sentence(own.rows[0])).toContain("by token nightly, created by somebody outside your view, generated");

    const [kept] = await tx
      .select({ values: eventValues.values })
      .from(events)
      .innerJoin(eventValues, and(eq(eventValues.eventId, events.id), eq(eventValues.at, events.at)))
      .where(eq(events.operation, "client.generate"));
    expect(kept?.values.maker?.value).toBe(`user:${ada.id}`);
    const other = await makeUser(tx, { primaryRole: "Quality Manager", roles: ["Admin"] });
    const asOther = await as(tx, other);
    await archiveUser(asOther, { id: ada.id, owners: [], managerId: null });
    const [{ username = "" } = {}] = await tx.select().from(users).where(eq(users.id, ada.id));
    await purgeUser(asOther, { id: ada.id, username });
    expect(await newest(asOther)).toContain(`created by purged user …${ada.id.slice(-4)}, generated`);
    expect((await exportedBy(asOther)).tokenMaker).toBe(`purged user …${ada.id.slice(-4)}`);
  }));

test("T4, T6: what a service account does names who made its token, where its owner did not", () =>
  rolledBack(async (tx) => {
    const { ada, lee, eve } = await used(tx);
    const account = await createAccount(await as(tx, ada), { name: "Shop", ownerId: lee.id, roleIds: [] });
    await tx.insert(roles).values({ id: roleId, name: "Rigs", nameKey: "rigs", kind: "additional" });
    for (const operation of ["client.generate", "client.read", "user.read"])
      await tx.insert(roleOperations).values({ roleId, operation, scope: "all" });
    await tx.insert(userRoles).values({ userId: lee.id, roleId });
    await tx.insert(serviceAccountRoles).values({ serviceAccountId: account.id, roleId });
    const wanted = { id: account.id, operations: ["client.generate", "client.read", "user.read"], days: 7 };
    const generate = async (by: { id: string }, name: string) => {
      const { token } = await issueAccountToken(await as(tx, by), { ...wanted, name });
      const ask = programWith(tx, token);
      expect((await ask("POST", `/users/${eve.id}/clients`, { body: { name } })).status).toBe(201);
      return newest(await as(tx, ada));
    };
    expect(await generate(ada, "one")).toBe(
      "Service account Shop by token one, created by Ada Admin, generated client one for Eve Engineer",
    );
    expect((await exportedBy(await as(tx, ada))).tokenMaker).toBe("Ada Admin");
    expect(await generate(lee, "two")).toBe("Service account Shop by token two generated client two for Eve Engineer");
  }));
