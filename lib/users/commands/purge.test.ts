import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { events, eventValues, groups, mails, users } from "@/db/schema";
import { changeParts } from "@/lib/audit/changes";
import { describeEvent } from "@/lib/audit/describe";
import { plain } from "@/lib/audit/fields";
import { eventRows } from "@/lib/audit/record";
import { exportEvents } from "@/lib/audit-log/export";
import { noAuditFilters } from "@/lib/audit-log/filters";
import { listEvents } from "@/lib/audit-log/queries";
import type { Ctx } from "@/lib/context";
import { createGroup } from "@/lib/groups/commands/create";
import { deleteGroup } from "@/lib/groups/commands/delete";
import { updateGroup } from "@/lib/groups/commands/update";
import { sendInvitation } from "@/lib/invitations/commands";
import { company, refused } from "@/lib/testing/company";
import { as, asOperator, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { mailsTo, setUpMail } from "@/lib/testing/mails";
import { archiveUser } from "@/lib/users/commands/archive";
import { purgeUser } from "@/lib/users/commands/purge";
import { restoreUser } from "@/lib/users/commands/restore";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";
import { storedForm } from "@/lib/users/conflict";
import type { UpdateUser } from "@/lib/users/schema";

const zone = "UTC";
type Someone = { id: string };

async function edit(tx: Tx, { id }: Someone, more: Partial<UpdateUser> = {}): Promise<UpdateUser> {
  const [row] = await tx.select().from(users).where(eq(users.id, id));
  const { memberships, roleEnds, accessEndsAt, ...form } = await storedForm(tx, row!);
  return { id, ...form, accessEndsAt: row!.accessEndsAt, password: "", confirmPassword: "", ...more };
}

async function purge(tx: Tx, ctx: Ctx, { id }: Someone, owners: { id: string; ownerId: string }[] = []) {
  await archiveUser(ctx, { id, owners, managerId: null });
  const [row] = await tx.select().from(users).where(eq(users.id, id));
  await purgeUser(ctx, { id, username: row!.username });
}

/** Every row of every table, of the job queue's as well, that contains one of these words. */
async function rowsWith(tx: Tx, words: RegExp): Promise<string[]> {
  const tables = await tx.execute<{ name: string }>(sql`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'graphile_worker')`);
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await tx.execute<{ row: string }>(sql.raw(`select t::text as row from ${name} t`));
    found.push(...rows.filter(({ row }) => words.test(row)).map(({ row }) => `${name}: ${row}`));
  }
  return found;
}

async function sentences(tx: Tx, reader: Someone): Promise<string[]> {
  const { rows } = await listEvents(await as(tx, reader), { filters: noAuditFilters, zone });
  return rows.map((event) => plain(describeEvent(event).sentence));
}

async function exported(tx: Tx, reader: Someone): Promise<string> {
  let text = "";
  const pieces = await exportEvents(await as(tx, reader), { filters: noAuditFilters, zone }, "ndjson");
  for await (const piece of pieces) text += piece;
  return text;
}

const purged = ({ id }: Someone) => `purged user …${id.slice(-4)}`;

/** A refusal as it was written before events had the ids of people they name. */
async function olderRefusal(tx: Tx, by: Someone, on: Someone, reason: string, named?: Someone[]): Promise<string> {
  const witness = { ...asOperator(tx), actor: { kind: "person" as const, id: by.id } };
  const { event, kept } = eventRows(witness, {
    operation: "user.update",
    outcome: "refused",
    target: { kind: "user", id: on.id, personId: on.id },
    before: null,
    after: null,
    facts: { reason, named: named?.map(({ id }) => `user:${id}`) },
  });
  await tx.insert(events).values({ ...event, namedIds: null });
  await tx.insert(eventValues).values(kept!);
  return event.id;
}

async function reasonOf(tx: Tx, eventId: string): Promise<unknown> {
  const [row] = await tx.select().from(eventValues).where(eq(eventValues.eventId, eventId));
  return row?.values["fact.reason"]?.value ?? null;
}

test("a purge leaves refusals alone that only contain the user name as part of a sentence (U14, L4)", () =>
  rolledBack(async (tx) => {
    const { ada, eve } = await company(tx);
    const you = await makeUser(tx, { username: "you", firstName: "You", lastName: "" });
    await expect(archiveUser(await as(tx, eve), { id: ada.id, owners: [], managerId: null })).rejects.toEqual(
      refused("not_found"),
    );
    const group = await createGroup(await as(tx, ada), { name: "Nightly", description: "", ownerId: null, roles: [] });
    await expect(deleteGroup(await as(tx, eve), { id: group.id, version: 1 })).rejects.toThrow();
    await expect(
      createGroup(await as(tx, eve), { name: "Mine", description: "", ownerId: null, roles: [] }),
    ).rejects.toEqual(refused("forbidden", /You don't have permission/));
    const older = await olderRefusal(
      tx,
      eve,
      ada,
      "You don't have permission to edit a user here: Ada is outside your reach.",
    );
    const before = await tx.select().from(eventValues);
    await purge(tx, await as(tx, ada), you);
    const after = new Map((await tx.select().from(eventValues)).map((row) => [row.eventId, row.values]));
    for (const { eventId, values } of before) expect(after.get(eventId)).toEqual(values);
    expect(await reasonOf(tx, older)).toMatch(/^You don't have permission/);
  }));

test("of a renamed person no name is left in any table, whichever command wrote it and of whom (U14, L4)", () =>
  rolledBack(async (tx) => {
    const { ada, eve, lee, sam } = await company(tx);
    const asAda = await as(tx, ada);
    await setUpMail(tx);
    const vera = await makeUser(tx, {
      username: "vera.firstname",
      firstName: "Veraxa",
      lastName: "Vanishingwell",
      primaryRole: "Quality Manager",
      roles: ["Admin"],
    });
    const isManager = async (person: Someone, managerId: string | null) =>
      updateUser(asAda, await edit(tx, person, { managerId }));
    await isManager(sam, vera.id);
    await isManager(sam, lee.id);
    const group = await createGroup(asAda, { name: "Nightly", description: "", ownerId: vera.id, roles: [] });
    const stale = await edit(tx, eve, { firstName: "Evelyn" });
    await updateUser(await as(tx, vera), await edit(tx, eve, { lastName: "Engineer-Park" }));
    await expect(updateUser(asAda, stale)).rejects.toEqual(refused("conflict", /Veraxa Vanishingwell saved/));
    const version = 1;
    const details = { id: group.id, version, name: "Nightly", description: "", ownerId: vera.id };
    const invited = await makeUser(tx, { username: "ivo", status: "invited" });
    await sendInvitation(await as(tx, vera), { id: invited.id });
    const unread = await makeUser(tx, { username: "una", status: "invited" });
    await sendInvitation(await as(tx, vera), { id: unread.id });
    await tx.update(mails).set({ content: "sealed with another key" }).where(eq(mails.userId, unread.id));
    await archiveUser(asAda, { id: vera.id, owners: [{ id: group.id, ownerId: lee.id }], managerId: null });
    await expect(isManager(sam, vera.id)).rejects.toEqual(refused("invalid", /Veraxa Vanishingwell is archived/));
    await expect(updateGroup(asAda, { ...details, version: version + 1 })).rejects.toEqual(
      refused("invalid", /Veraxa Vanishingwell is archived/),
    );
    await expect(
      archiveUser(asAda, { id: lee.id, owners: [{ id: group.id, ownerId: vera.id }], managerId: null }),
    ).rejects.toEqual(refused("invalid", /Veraxa Vanishingwell is archived/));

    await restoreUser(asAda, { id: vera.id });
    const renamed = { firstName: "Wilmaxa", lastName: "Waswell", email: "wilmaxa@northwind.example" };
    await updateUser(asAda, await edit(tx, vera, renamed));
    const team = [{ groupId: group.id, endsAt: null }];
    const [{ version: next } = { version: 0 }] = await tx.select().from(users).where(eq(users.id, vera.id));
    const primary = await roleNamed(tx, "Admin");
    await updateAccess(asAda, {
      id: vera.id,
      version: next,
      memberships: team,
      roleEnds: [{ roleId: primary.id, endsAt: null }],
    });
    await deleteGroup(asAda, { id: group.id, version: (await tx.select().from(groups))[0]!.version });
    await purge(tx, asAda, vera);

    const names = /Veraxa|Vanishingwell|vera\.firstname|Wilmaxa|Waswell/i;
    expect(await rowsWith(tx, names)).toEqual([]);
    expect(await exported(tx, ada)).not.toMatch(names);
    const [mail] = await mailsTo(tx, "ivo@northwind.example");
    expect(mail?.values).toMatchObject({ invitedBy: "An administrator", link: expect.stringContaining("/invite/") });
    expect(await tx.select().from(mails).where(eq(mails.userId, unread.id))).toMatchObject([
      { status: "cancelled", content: null },
    ]);

    const told = await sentences(tx, ada);
    const gone = `The reason named ${purged(vera)}`;
    expect(told).toContain(`Ada Admin tried to edit Sam Person and was refused: ${gone}`);
    expect(told).toContain(`Ada Admin tried to edit Eve Engineer-Park and was refused: ${gone}`);
    expect(told).toContain(`Ada Admin tried to edit group Nightly and was refused: ${gone}`);
    expect(told).toContain(`Ada Admin tried to remove Lee Lead and was refused: ${gone}`);
    const { rows } = await listEvents(asAda, { filters: { ...noAuditFilters, person: [sam.id] }, zone });
    const changes = rows.flatMap((event) => describeEvent(event).changes.map((change) => plain(changeParts(change))));
    expect(changes).toContain(`${purged(vera)} to Lee Lead`);
  }));

test("of refusals from before events had the ids of people they name, those go that name the person as a whole (U14)", () =>
  rolledBack(async (tx) => {
    const { ada, eve, lee, sam } = await company(tx);
    const vera = await makeUser(tx, { username: "vera", firstName: "Vera", lastName: "Vanishing" });
    await updateUser(await as(tx, ada), await edit(tx, vera, { lastName: "Vanished" }));
    const mentions = (reason: string, named?: Someone[]) => olderRefusal(tx, ada, eve, reason, named);
    const gone = [
      await mentions("Vera Vanishing saved this user in the meantime."),
      await mentions("Vera Vanished is disabled and cannot be a manager."),
      await mentions('"Vera@Northwind.example" is already in use.'),
      await mentions("Somebody by another name.", [sam, vera]),
    ];
    const kept = [
      await mentions("Vera Vanishings saved this user in the meantime."),
      await mentions("Vera Vanishing is somebody else of that name.", [lee]),
      await mentions("Rivera is disabled, and so is vera."),
    ];
    await purge(tx, await as(tx, ada), vera);
    for (const id of gone) expect(await reasonOf(tx, id)).toBeNull();
    for (const id of kept) expect(await reasonOf(tx, id)).not.toBeNull();
  }));
