import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { groupMembers, groupRoles, groups, roleOperations, roles, userRoles, users } from "@/db/schema";
import { scopesOf } from "@/lib/authz/evaluate";
import { within } from "@/lib/authz/relation";
import { labelFilters } from "@/lib/groups/list";
import {
  searchManagers,
  searchNewManagers,
  searchNewOwners,
  searchOwners,
  searchPeople,
  searchRoles,
} from "@/lib/people/pickers";
import { checkManager } from "@/lib/people/placement";
import { company, wrongField } from "@/lib/testing/company";
import { as, type Draft, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { archiveUser } from "@/lib/users/commands/archive";

const ids = async (found: Promise<{ id: string }[]>) => (await found).map(({ id }) => id);

test("a person who chooses a manager or an owner among people below is offered as well, where they can be (R14, U8)", () =>
  rolledBack(async (tx) => {
    const { quinn, lee, eve } = await company(tx);
    const ctx = await as(tx, lee);
    const managers = (q: string, notBelow: string | null = null) => ids(searchNewManagers(ctx, q, notBelow));
    const owners = (q: string, exceptId?: string) => ids(searchNewOwners(ctx, q, exceptId));
    for (const offered of [managers, owners]) {
      expect(await offered("")).toEqual([eve.id, lee.id]);
      expect(await offered("lee")).toEqual([lee.id]);
      expect(await offered("quinn")).toEqual([]);
    }
    expect(await managers("", eve.id)).toEqual([lee.id]);
    expect(await managers("", lee.id)).toEqual([]);
    expect(await owners("", lee.id)).toEqual([eve.id]);
    expect(await ids(searchPeople(ctx, ""))).toEqual([eve.id]);
    expect(await ids(searchManagers(ctx, ""))).toEqual([lee.id]);
    expect(await ids(searchManagers(ctx, { ids: [lee.id, quinn.id] }))).toEqual([lee.id]);
  }));

/** Somebody in every state, by the name of the state. */
async function everyState(tx: Tx) {
  const past = new Date(Date.now() - 1000);
  const drafts: Record<string, Draft> = {
    active: {},
    again: { status: "disabled", disabledUntil: past },
    archived: { status: "archived" },
    disabled: { status: "disabled" },
    ended: { accessEndsAt: past },
    expected: { status: "invited", accessEndsAt: past },
    invited: { status: "invited" },
    locked: { lockedAt: past },
    unlocked: { lockedAt: past, lockedUntil: past },
  };
  const people: Record<string, string> = {};
  for (const [state, draft] of Object.entries(drafts))
    people[state] = (await makeUser(tx, { username: `state-${state}`, firstName: state, ...draft })).id;
  return people;
}

const labels = async (found: Promise<{ label: string }[]>) =>
  (await found).map(({ label }) => label.replace(" Person", ""));

test("as manager exactly those are offered whom the server accepts; as owner the active, to open all but the archived (U8, U11)", () =>
  rolledBack(async (tx) => {
    const { ada, sam } = await company(tx);
    const people = await everyState(tx);
    const ctx = await as(tx, ada);
    const accepted: string[] = [];
    for (const [state, id] of Object.entries(people)) {
      if (await checkManager(ctx, tx, [sam.id], id).then(() => true, refusedAtManager)) accepted.push(state);
    }
    expect(accepted).toEqual(["active", "again", "invited", "locked", "unlocked"]);
    expect(await labels(searchNewManagers(ctx, "state-", sam.id))).toEqual(accepted);
    expect(await labels(searchNewManagers(ctx, "state-", null))).toEqual(accepted);
    expect(await labels(searchNewOwners(ctx, "state-"))).toEqual(["active", "again", "unlocked"]);
    expect(await searchPeople(ctx, "state-invited")).toMatchObject([{ id: people.invited, hint: "state-invited" }]);
    const opened = Object.keys(people).filter((state) => state !== "archived");
    expect(await labels(searchPeople(ctx, "state-"))).toEqual(opened);
  }));

function refusedAtManager(error: unknown): false {
  expect(error).toEqual(wrongField("managerId", /cannot be a manager/));
  return false;
}

test("to those who reported to a removed person, nobody at or below that person is offered as manager (U8, U11)", () =>
  rolledBack(async (tx) => {
    const { ada, quinn, lee, eve, sam } = await company(tx);
    const ctx = await as(tx, ada);
    const below = await makeUser(tx, { username: "below", managerId: eve.id });
    const beside = await makeUser(tx, { username: "beside", managerId: lee.id, status: "invited" });
    const offered = await ids(searchNewManagers(ctx, "", lee.id));
    expect(offered.toSorted()).toEqual([ada.id, quinn.id, sam.id].toSorted());
    for (const { id: managerId } of [eve, beside, below])
      await expect(archiveUser(ctx, { id: lee.id, owners: [], managerId })).rejects.toEqual(
        wrongField("managerId", /own manager|below/),
      );
  }));

test("whom a picker leaves out does not reveal who is below somebody out of sight (R11)", () =>
  rolledBack(async (tx) => {
    const { quinn, lee, eve } = await company(tx);
    const ctx = await as(tx, lee);
    expect(await ids(searchNewManagers(ctx, "", quinn.id))).toEqual([eve.id, lee.id]);
  }));

const owned = (tx: Tx, name: string, ownerId: string) =>
  tx.insert(groups).values({ name, nameKey: name.toLowerCase(), ownerId });

test("the filter by owner finds owners in every state, by name and for its labels, and nobody out of sight (R5, R11)", () =>
  rolledBack(async (tx) => {
    const { ada, lee, eve } = await company(tx);
    const off = await makeUser(tx, { username: "off", firstName: "Off", status: "disabled" });
    const gone = await makeUser(tx, { username: "gone", firstName: "Gone", status: "archived" });
    await owned(tx, "One", off.id);
    await owned(tx, "Two", gone.id);
    await owned(tx, "Three", ada.id);
    const ctx = await as(tx, ada);
    expect(await ids(searchOwners(ctx, ""))).toEqual([ada.id, gone.id, off.id]);
    expect(await ids(searchOwners(ctx, "gone"))).toEqual([gone.id]);
    expect(await ids(searchOwners(await as(tx, lee), ""))).toEqual([]);
    expect(await ids(searchOwners(await as(tx, eve), { ids: [ada.id, eve.id] }))).toEqual([eve.id]);
    const { owner } = await labelFilters(ctx, { owner: [gone.id, off.id], role: [] } as never);
    expect(owner.map(({ label }) => label)).toEqual(["Gone Person", "Off Person"]);
  }));

test("roles are offered that somebody in sight holds, to every actor (R11)", () =>
  rolledBack(async (tx) => {
    const { ada, quinn, lee, eve } = await company(tx);
    const [seer, lead] = await Promise.all(
      (["all", "reports"] as const).map(async (scope) => {
        const draft = { name: `Reads ${scope}`, nameKey: `reads ${scope}`, kind: "additional" as const };
        const [role] = await tx.insert(roles).values(draft).returning();
        await tx.insert(roleOperations).values({ roleId: role?.id ?? "", operation: "user.read", scope });
        return role?.id ?? "";
      }),
    );
    const { id: seesAll } = await makeUser(tx, { username: "seer", managerId: eve.id });
    await tx.insert(userRoles).values([
      { userId: seesAll, roleId: seer ?? "" },
      { userId: lee.id, roleId: lead ?? "" },
    ]);
    const [team] = await tx.insert(groups).values({ name: "Team", nameKey: "team" }).returning();
    const [none] = await tx.insert(groups).values({ name: "Empty", nameKey: "empty" }).returning();
    const auditor = await roleNamed(tx, "Auditor");
    const [unheld] = await tx
      .insert(roles)
      .values({ name: "Unheld", nameKey: "unheld", kind: "additional" })
      .returning();
    await tx.insert(groupMembers).values({ groupId: team?.id ?? "", userId: eve.id });
    await tx.insert(groupRoles).values([
      { groupId: team?.id ?? "", roleId: auditor.id },
      { groupId: none?.id ?? "", roleId: unheld?.id ?? "" },
    ]);
    for (const person of [ada, quinn, lee, eve, { id: seesAll }]) {
      const ctx = await as(tx, person);
      const seen = within(ctx, "user.read", users.id);
      const held = await tx
        .select({ id: roles.id })
        .from(roles)
        .where(sql`exists(select 1 from users where ${seen} and (users.primary_role_id = roles.id
          or exists(select 1 from user_roles ur where ur.user_id = users.id and ur.role_id = roles.id)
          or exists(select 1 from group_members gm join group_roles gr on gr.group_id = gm.group_id
                     where gm.user_id = users.id and gr.role_id = roles.id)))`);
      const known = (await tx.select({ id: roles.id }).from(roles)).map(({ id }) => id);
      const offered = await ids(searchRoles(ctx, { ids: known }));
      const wanted = scopesOf(ctx.actor.access, "role.read").has("all") ? known : held.map(({ id }) => id);
      expect(offered.toSorted()).toEqual(wanted.toSorted());
    }
  }));
