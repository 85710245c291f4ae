import { and, desc, eq, inArray } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import type { Db } from "@/db/client";
import { events, groups, resources, serviceAccounts, users } from "@/db/schema";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { createGroup } from "@/lib/groups/commands/create";
import { updateGroup } from "@/lib/groups/commands/update";
import { registerResource } from "@/lib/resources/commands/register";
import { updateResource } from "@/lib/resources/commands/update";
import { as, makeUser } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { loadPreset } from "@/lib/testing/presets";
import { rounds, tell } from "@/lib/testing/thorough";
import { archiveUser } from "@/lib/users/commands/archive";
import { createUser } from "@/lib/users/commands/create";
import { disableUser } from "@/lib/users/commands/disable";
import { updateUser } from "@/lib/users/commands/update";
import { storedForm } from "@/lib/users/conflict";

const often = rounds(12, 200);
const [here, there] = twoProcesses("chosen_races");
let roleIds: Map<string, string>;
let [ada, olga] = [{ id: "" }, { id: "" }];

beforeAll(async () => {
  roleIds = await loadPreset(here);
  const administrator = { primaryRole: "Quality Manager", roles: ["Admin"] };
  [ada, olga] = [await makeUser(here, administrator), await makeUser(here, administrator)];
});

type Chosen = { id: string };
type Way = (chosen: Chosen) => Promise<(ctx: Ctx) => Promise<unknown>>;

/** No two rounds share a name. */
let made = 0;
const unused = (name: string) => `${name}-${++made}`;

async function makeGroup(ownerId: string | null) {
  const name = unused("group");
  return (await here.insert(groups).values({ name, nameKey: name, ownerId }).returning())[0]!;
}

async function makeResource(ownerId: string) {
  const name = unused("assistant");
  const made = { type: "assistant", externalId: name, name, nameKey: name, ownerId };
  return (await here.insert(resources).values(made).returning())[0]!;
}

/** Somebody who owns a group, a service account and a resource and leads one person, about to be removed. */
async function leaver() {
  const person = await makeUser(here, { primaryRole: "Quality Lead" });
  const group = await makeGroup(person.id);
  const name = unused("robot");
  const [account] = await here.insert(serviceAccounts).values({ name, nameKey: name, ownerId: person.id }).returning();
  const resource = await makeResource(person.id);
  await makeUser(here, { managerId: person.id });
  return { person, objects: [group.id, account!.id, resource.id] };
}

/** Every path that names an owner or a manager. */
const ways: Record<string, Way> = {
  "manager of a new user": async (chosen) => (ctx) => {
    const username = unused("nora");
    return createUser(ctx, {
      configuration: "default",
      username,
      email: `${username}@northwind.example`,
      firstName: "Nora",
      lastName: "New",
      primaryRoleId: roleIds.get("Quality Engineer") ?? "",
      additionalRoleIds: [],
      managerId: chosen.id,
      groupIds: [],
      credentials: "invite",
      password: "",
      confirmPassword: "",
      mustChangePassword: true,
    });
  },
  "manager of somebody": async (chosen) => {
    const eve = await makeUser(here);
    const { memberships: _, roleEnds: __, accessEndsAt: ___, ...form } = await storedForm(here, eve);
    const input = { id: eve.id, ...form, accessEndsAt: null, password: "", confirmPassword: "" };
    return (ctx) => updateUser(ctx, { ...input, managerId: chosen.id });
  },
  "owner of a new group": async (chosen) => (ctx) =>
    createGroup(ctx, { name: unused("new"), description: "", ownerId: chosen.id, roles: [] }),
  "owner of a group": async (chosen) => {
    const { id, name } = await makeGroup(null);
    return (ctx) => updateGroup(ctx, { id, version: 1, name, description: "", ownerId: chosen.id });
  },
  "owner of a new resource": async (chosen) => (ctx) => {
    const name = unused("new");
    const made = { type: "assistant", externalId: name, name, url: null, ownerId: chosen.id };
    return registerResource(ctx, { ...made, version: null });
  },
  "owner of a resource": async (chosen) => {
    const { id, name } = await makeResource(olga.id);
    return (ctx) => updateResource(ctx, { id, version: 1, name, url: null, ownerId: chosen.id });
  },
  "new owner of what somebody removed leaves": async (chosen) => {
    const { person, objects } = await leaver();
    const owners = objects.map((id) => ({ id, ownerId: chosen.id }));
    return (ctx) => archiveUser(ctx, { id: person.id, owners, managerId: null });
  },
  "new manager of the reports of somebody removed": async (chosen) => {
    const { person, objects } = await leaver();
    const owners = objects.map((id) => ({ id, ownerId: ada.id }));
    return (ctx) => archiveUser(ctx, { id: person.id, owners, managerId: chosen.id });
  },
};

/** How many reports, groups, service accounts and resources are under this person. */
async function heldBy(db: Db, id: string): Promise<number> {
  const counts = await Promise.all([
    db.$count(users, eq(users.managerId, id)),
    db.$count(groups, eq(groups.ownerId, id)),
    db.$count(serviceAccounts, eq(serviceAccounts.ownerId, id)),
    db.$count(resources, eq(resources.ownerId, id)),
  ]);
  return counts.reduce((sum, count) => sum + count);
}

/** Both at the same moment, in turns first, and by one of two processes each. */
async function race(round: number, way: Way, leave: (ctx: Ctx, chosen: Chosen) => Promise<unknown>) {
  const chosen = await makeUser(here, { primaryRole: "Quality Lead" });
  const choose = await way(chosen);
  const [byAda, byOlga] = [await as(here, ada), await as(there, olga)];
  const order = [() => choose(byAda), () => leave(byOlga, chosen)];
  if (round % 2 === 1) order.reverse();
  const results = await Promise.allSettled(order.map((act) => act()));
  if (round % 2 === 1) results.reverse();
  const faults = results.flatMap((one) =>
    one.status === "rejected" && !(one.reason instanceof AppError) ? [String(one.reason)] : [],
  );
  expect(faults).toEqual([]);
  return { chosen, chose: results[0]?.status === "fulfilled", left: results[1]?.status === "fulfilled" };
}

for (const [what, way] of Object.entries(ways)) {
  test(`nobody who is archived at the same moment ends as ${what} (U8, U11), ${often} rounds`, async () => {
    const answers = { both: 0, chosen: 0, archived: 0 };
    let left = 0;
    for (let round = 0; round < often; round++) {
      const done = await race(round, way, (ctx, { id }) => archiveUser(ctx, { id, owners: [], managerId: null }));
      const [row] = await here.select({ status: users.status }).from(users).where(eq(users.id, done.chosen.id));
      if (row?.status === "archived" && (await heldBy(here, done.chosen.id)) > 0) left++;
      expect(done.chose || done.left).toBe(true);
      answers[done.chose && done.left ? "both" : done.chose ? "chosen" : "archived"]++;
    }
    tell(`archived and ${what}`, { rounds: often, left, ...answers });
    expect(left).toBe(0);
  }, 600_000);

  test(`nobody who is disabled by then is made ${what} (U8, R5), ${often} rounds`, async () => {
    let late = 0;
    for (let round = 0; round < often; round++) {
      const done = await race(round, way, (ctx, { id }) => disableUser(ctx, { id, reason: "race", until: null }));
      expect(done.left).toBe(true);
      if (done.chose && (await lastSucceeded(["user.disable", ...choosing])) !== "user.disable") late++;
    }
    tell(`disabled and ${what}`, { rounds: often, late });
    expect(late).toBe(0);
  }, 600_000);
}

const choosing = [
  "user.create",
  "user.update",
  "group.create",
  "group.update",
  "resource.register",
  "resource.update",
  "user.archive",
];

/** Which of the two came last: an event is written under the locks of its change. */
async function lastSucceeded(operations: string[]) {
  const [row] = await here
    .select({ operation: events.operation })
    .from(events)
    .where(and(inArray(events.operation, operations), eq(events.outcome, "succeeded")))
    .orderBy(desc(events.id))
    .limit(1);
  return row?.operation;
}
