import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { events, groupMembers, groupRoles, groups, signInNames, users } from "@/db/schema";
import { randomFrom } from "@/db/seed/random";
import { someAdministrators } from "@/lib/authz/administrators";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { takeNames } from "@/lib/people/sign-in-names";
import { as, makeUser, roleNamed } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { loadPreset } from "@/lib/testing/presets";
import { rounds, seedOfRun, tell } from "@/lib/testing/thorough";
import { archiveUser } from "@/lib/users/commands/archive";
import { createUser } from "@/lib/users/commands/create";
import { disableUser } from "@/lib/users/commands/disable";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";
import { storedForm } from "@/lib/users/conflict";
import type { CreateUser, UpdateUser } from "@/lib/users/schema";

const seed = seedOfRun();
const random = randomFrom(seed);
const often = rounds(20, 200);
const [here, there] = twoProcesses("user_races");
let roleIds: Map<string, string>;

beforeAll(async () => {
  roleIds = await loadPreset(here);
});

/** The same race many times, each on an empty company. */
const race = (name: string, round: (number: number) => Promise<void>) =>
  test(name, async () => {
    for (let number = 0; number < often; number++) {
      await here.execute(sql`truncate users cascade`);
      await round(number);
    }
    tell(name, { rounds: often, seed });
  }, 600_000);

const roleId = (name: string) => roleIds.get(name) ?? "";

/** An administrator, directly or through a group. */
async function administrator(username: string, through: "role" | "group") {
  const roles = through === "role" ? ["Admin"] : [];
  const person = await makeUser(here, { username, primaryRole: "Quality Manager", roles });
  if (through === "group") {
    const [group] = await here.insert(groups).values({ name: username, nameKey: username }).returning();
    await here.insert(groupRoles).values({ groupId: group!.id, roleId: (await roleNamed(here, "Admin")).id });
    await here.insert(groupMembers).values({ groupId: group!.id, userId: person.id });
  }
  return person;
}

async function formOf(id: string, more: Partial<UpdateUser> = {}): Promise<UpdateUser> {
  const [person] = await here.select().from(users).where(eq(users.id, id));
  const { memberships: _, roleEnds: __, accessEndsAt: ___, ...form } = await storedForm(here, person!);
  return { id, ...form, accessEndsAt: null, password: "", confirmPassword: "", ...more };
}

const nextYear = new Date(Date.now() + 365 * 86_400_000);

/** Every way in which one person can take administration from another. */
const ways: Record<string, (id: string) => Promise<(ctx: Ctx) => Promise<unknown>>> = {
  archive: async (id) => (ctx) => archiveUser(ctx, { id, owners: [], managerId: null }),
  disable: async (id) => (ctx) => disableUser(ctx, { id, reason: "race", until: null }),
  "disable for a while": async (id) => (ctx) => disableUser(ctx, { id, reason: "race", until: nextYear }),
  "end access": async (id) => {
    const form = await formOf(id, { accessEndsAt: nextYear });
    return (ctx) => updateUser(ctx, form);
  },
  "lower the primary role": async (id) => {
    const form = await formOf(id, { primaryRoleId: roleId("Quality Engineer"), additionalRoleIds: [] });
    return (ctx) => updateUser(ctx, form);
  },
};

const direct: typeof ways = {
  "take Admin": async (id) => {
    const form = await formOf(id, { additionalRoleIds: [] });
    return (ctx) => updateUser(ctx, form);
  },
  "end Admin": async (id) => {
    const { version } = await formOf(id);
    const roleEnds = [{ roleId: roleId("Admin"), endsAt: nextYear }];
    return (ctx) => updateAccess(ctx, { id, version, memberships: [], roleEnds });
  },
};

const grouped: typeof ways = {
  "take out of the group": async (id) => {
    const { version } = await formOf(id);
    return (ctx) => updateAccess(ctx, { id, version, memberships: [], roleEnds: [] });
  },
};

test("a name that its holder gives up at that moment is taken, not left to nobody (U7)", async () => {
  await here.execute(sql`truncate users cascade`);
  const [eve, sam] = [await makeUser(here, { username: "eve" }), await makeUser(here, { username: "sam" })];
  const givesUp = () => here.transaction((tx) => takeNames(tx, eve.id, { ...eve, email: "new@northwind.example" }));
  await there.transaction(async (tx) => {
    /** The names that somebody holds are skipped; then their holder gives them up. */
    const insert = (table: typeof signInNames) => ({
      values: (rows: (typeof signInNames.$inferInsert)[]) => ({
        onConflictDoNothing: async () => {
          await tx.insert(table).values(rows).onConflictDoNothing();
          await givesUp();
        },
      }),
    });
    await takeNames(Object.assign(Object.create(tx), { insert }), sam.id, { ...sam, email: eve.email });
  });
  const held = await here.select().from(signInNames).where(eq(signInNames.userId, sam.id));
  expect(held.map(({ key }) => key).toSorted()).toEqual([eve.emailKey, "sam"].toSorted());
});

describe(`races, ${often} rounds each, seed ${seed}`, () => {
  race("two administrators who remove each other leave one (U15)", async () => {
    const pick = async (username: string) => {
      const through = random.chance(0.5) ? "role" : "group";
      const person = await administrator(username, through);
      const open = Object.entries({ ...ways, ...(through === "role" ? direct : grouped) });
      const [way, prepare] = random.pick(open);
      return { person, way: `${way} of one by ${through}`, remove: await prepare(person.id) };
    };
    const ada = await pick("ada");
    const olga = await pick("olga");
    const [byAda, byOlga] = [await as(here, ada.person), await as(there, olga.person)];
    const results = await Promise.allSettled([olga.remove(byAda), ada.remove(byOlga)]);
    const said = `${olga.way} against ${ada.way}: ${results.map(codeOf).join(", ")}`;
    expect(await someAdministrators(here, new Date()), said).toHaveLength(1);
    const refusals = results.map(codeOf).filter((code) => code !== "ok");
    expect(refusals, said).toEqual([expect.stringMatching(/^(forbidden|not_found|unauthenticated|precondition)$/)]);
    expect(await eventsAbout([ada.person.id, olga.person.id])).toEqual(["refused", "succeeded"]);
  });

  race("the last two are never both removed by a third (U15)", async () => {
    const ada = await administrator("ada", "role");
    const olga = await administrator("olga", "role");
    const vera = await administrator("vera", "role");
    const any = () => random.pick(Object.values({ ...ways, ...direct }));
    const [first, second, third] = [await any()(olga.id), await any()(vera.id), await any()(ada.id)];
    const [ctxA, ctxB, ctxC] = [await as(here, ada), await as(there, olga), await as(here, vera)];
    const results = await Promise.allSettled([first(ctxA), second(ctxB), third(ctxC)]);
    const left = await someAdministrators(here, new Date());
    expect(left.length, results.map(codeOf).join(", ")).toBeGreaterThan(0);
  });

  race("of two who claim a name at once, one gets it and the other gets an error at the field (U7)", async (round) => {
    const ada = await administrator("ada", "role");
    const olga = await administrator("olga", "role");
    const [mine, yours, fields] = claims[round % claims.length]!;
    const [ctxA, ctxB] = [await as(here, ada), await as(there, olga)];
    const results = await Promise.allSettled([createUser(ctxA, draft(mine)), createUser(ctxB, draft(yours))]);
    expect(results.map(codeOf).toSorted()).toEqual(["invalid", "ok"]);
    const lost = results.findIndex((result) => result.status === "rejected");
    const error = (results[lost] as PromiseRejectedResult).reason as AppError;
    expect(Object.keys(error.fields ?? {}).toSorted()).toEqual(fields[lost]?.toSorted());
    expect(await here.$count(users)).toBe(3);
    const [orphan] = await here
      .select()
      .from(signInNames)
      .leftJoin(users, eq(users.id, signInNames.userId))
      .where(sql`users.id is null`);
    expect(orphan).toBeUndefined();
  });

  race("of two edits of one version, one is saved and the other shown both (U9)", async () => {
    const ada = await administrator("ada", "role");
    const olga = await administrator("olga", "group");
    const eve = await makeUser(here, { username: "eve" });
    const forms = [await formOf(eve.id, { firstName: "Evelyn" }), await formOf(eve.id, { lastName: "Park" })];
    const [ctxA, ctxB] = [await as(here, ada), await as(there, olga)];
    const results = await Promise.allSettled([updateUser(ctxA, forms[0]!), updateUser(ctxB, forms[1]!)]);
    expect(results.map(codeOf).toSorted()).toEqual(["conflict", "ok"]);
    const [saved] = await here.select().from(users).where(eq(users.id, eve.id));
    const won = results[0]?.status === "fulfilled";
    expect(saved).toMatchObject({ version: 2, firstName: won ? "Evelyn" : "Test", lastName: won ? "Person" : "Park" });
  });
});

type Names = { username: string; email: string };

/** What two creators ask for, and the fields at which the second is refused. */
const claims: [Names, Names, [string[], string[]]][] = [
  [
    { username: "one", email: "nora@northwind.example" },
    { username: "two", email: "Nora@Northwind.example" },
    [["email"], ["email"]],
  ],
  [
    { username: "nora", email: "one@northwind.example" },
    { username: "NORA", email: "two@northwind.example" },
    [["username"], ["username"]],
  ],
  [
    { username: "nora@northwind.example", email: "one@northwind.example" },
    { username: "two", email: "nora@northwind.example" },
    [["username"], ["email"]],
  ],
  [
    { username: "nora", email: "nora@northwind.example" },
    { username: "nora", email: "nora@northwind.example" },
    [
      ["username", "email"],
      ["username", "email"],
    ],
  ],
  [
    { username: "nora@northwind.example", email: "vera@northwind.example" },
    { username: "vera@northwind.example", email: "nora@northwind.example" },
    [
      ["username", "email"],
      ["username", "email"],
    ],
  ],
  [
    { username: "nora@bücher.example", email: "one@northwind.example" },
    { username: "two", email: "nora@xn--bcher-kva.example" },
    [["username"], ["email"]],
  ],
];

const draft = (names: Names): CreateUser => ({
  configuration: "default",
  ...names,
  firstName: "Nora",
  lastName: "New",
  primaryRoleId: roleId("Quality Engineer"),
  additionalRoleIds: [],
  managerId: null,
  groupIds: [],
  credentials: "generate",
  password: "",
  confirmPassword: "",
  mustChangePassword: true,
});

const codeOf = (result: PromiseSettledResult<unknown>): string => {
  if (result.status === "fulfilled") return "ok";
  return result.reason instanceof AppError ? result.reason.code : String(result.reason);
};

async function eventsAbout(ids: string[]) {
  const rows = await here.select({ outcome: events.outcome, personId: events.targetId }).from(events);
  return rows
    .filter(({ personId }) => personId !== null && ids.includes(personId))
    .map(({ outcome }) => outcome)
    .toSorted();
}
