import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { groups } from "@/db/schema";
import { generateClient } from "@/lib/clients/commands";
import type { Ctx, Person } from "@/lib/context";
import { foldName } from "@/lib/normalization/fold";
import { searchText } from "@/lib/normalization/search";
import { createAccount } from "@/lib/service-accounts/commands/create";
import { openScreens } from "@/lib/shell/navigation";
import { placesFor } from "@/lib/shell/places";
import { searchConsole } from "@/lib/shell/search";
import { company } from "@/lib/testing/company";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";

/** Of each kind, what was found by name. */
async function found(ctx: Ctx<Person>, q: string) {
  const kinds = await searchConsole(ctx, q);
  return Object.fromEntries(kinds.map(({ kind, things }) => [kind, things.map(({ label }) => label)]));
}

const makeGroup = async (tx: Tx, name: string, ownerId: string) => {
  const [group] = await tx
    .insert(groups)
    .values({ name, nameKey: foldName(name), search: searchText(name), ownerId })
    .returning();
  return group as { id: string };
};

/** Something called Zephyr of every kind: of Lee's, of Eve's below her, and of Sam's, who reports to nobody. */
async function zephyrs(tx: Tx) {
  const people = await company(tx);
  const { ada, lee, eve, sam } = people;
  const admin = await as(tx, ada);
  for (const [of, owner] of Object.entries({ lee, eve, sam })) {
    await makeUser(tx, { username: `zephyr-${of}`, firstName: "Zephyr", lastName: of, managerId: owner.id });
    await makeGroup(tx, `Zephyr group of ${of}`, owner.id);
    await generateClient(admin, { userId: owner.id, name: `zephyr-rig-of-${of}` });
    await createAccount(admin, { name: `Zephyr account of ${of}`, ownerId: owner.id, roleIds: [] });
  }
  return people;
}

test("an administrator finds everything by one name, a lead what is theirs and their people's (R11)", () =>
  rolledBack(async (tx) => {
    const { ada, lee } = await zephyrs(tx);
    expect(await found(await as(tx, ada), "zephyr")).toEqual({
      people: ["Zephyr eve", "Zephyr lee", "Zephyr sam"],
      groups: ["Zephyr group of eve", "Zephyr group of lee", "Zephyr group of sam"],
      clients: ["zephyr-rig-of-eve", "zephyr-rig-of-lee", "zephyr-rig-of-sam"],
      "service accounts": ["Zephyr account of eve", "Zephyr account of lee", "Zephyr account of sam"],
    });
    const ofLee = await found(await as(tx, lee), "zephyr");
    expect(ofLee.people).toEqual(["Zephyr eve", "Zephyr lee"]);
    expect(ofLee.clients).toEqual(["zephyr-rig-of-eve", "zephyr-rig-of-lee"]);
    expect(JSON.stringify(ofLee)).not.toContain("sam");
  }));

test("an engineer finds their own clients and service accounts, where they may open them, and nobody (R11)", () =>
  rolledBack(async (tx) => {
    const { eve } = await zephyrs(tx);
    const kinds = await searchConsole(await as(tx, eve), "zephyr");
    expect(kinds.map(({ kind, things }) => [kind, things.map(({ label }) => label)])).toEqual([
      ["clients", ["zephyr-rig-of-eve"]],
      ["service accounts", ["Zephyr account of eve"]],
    ]);
    for (const { href } of kinds.flatMap(({ things }) => things)) expect(href).toMatch(/^\/account\//);
    expect(await searchConsole(await as(tx, eve), "lee")).toEqual([]);
  }));

test("roles are found by people who may open them; each kind shows six and says where the others are", () =>
  rolledBack(async (tx) => {
    const { ada, lee } = await company(tx);
    for (let number = 0; number < 8; number++)
      await makeUser(tx, { username: `many-${number}`, firstName: "Many", lastName: `${number}` });
    const admin = await as(tx, ada);
    const [people] = await searchConsole(admin, "many");
    expect(people).toMatchObject({ kind: "people", more: "/admin/users?q=many" });
    expect(people?.things).toHaveLength(6);
    const [roles] = await searchConsole(admin, "quality lead");
    const { id } = await roleNamed(tx, "Quality Lead");
    expect(roles).toMatchObject({ kind: "roles", more: null, things: [{ href: `/admin/roles/${id}` }] });
    expect(await found(await as(tx, lee), "quality manager")).not.toHaveProperty("roles");
  }));

test("a client leads to the list by its name, with whose it is; a group and a service account to their pages", () =>
  rolledBack(async (tx) => {
    const { ada } = await zephyrs(tx);
    const kinds = await searchConsole(await as(tx, ada), "zephyr");
    const things = new Map(kinds.flatMap(({ things }) => things).map((thing) => [thing.label, thing]));
    expect(things.get("zephyr-rig-of-eve")).toMatchObject({
      href: "/admin/clients?q=zephyr-rig-of-eve",
      hint: "Eve Engineer",
    });
    const group = things.get("Zephyr group of eve");
    expect(group?.href).toBe(`/admin/groups/${group?.id}`);
    const account = things.get("Zephyr account of eve");
    expect(account?.href).toBe(`/admin/service-accounts/${account?.id}`);
  }));

test("screens, settings and actions are those that one's roles open; one's own profile is everybody's", () =>
  rolledBack(async (tx) => {
    const { ada, lee, eve } = await company(tx);
    const labels = (ctx: Ctx<Person>, kind: string) =>
      placesFor(ctx)
        .filter((place) => place.kind === kind)
        .map(({ label }) => label);
    const [admin, lead, engineer] = [await as(tx, ada), await as(tx, lee), await as(tx, eve)];
    for (const ctx of [admin, lead, engineer])
      for (const { href } of openScreens(ctx.actor.access))
        expect(placesFor(ctx).map((place) => place.href)).toContain(href);
    expect(labels(admin, "action")).toEqual([
      "Create User",
      "Invite people",
      "Create group",
      "Create service account",
      "Create role",
      "Add a preset",
      "Declare an operation",
      "Add identity provider",
      "Generate client",
      "New token",
    ]);
    for (const label of ["Mail server", "Host", "Encryption"]) expect(labels(admin, "setting")).toContain(label);
    expect(labels(admin, "setting")).toContain("Idle limit");
    expect(labels(lead, "screen")).toContain("User Management");
    const ownSettings = [
      "Time Zone",
      "Date and Number Format",
      "Single-key shortcuts",
      "Preferences",
      "Name",
      "Email",
      "Picture",
      "Password",
      "Second factors",
      "Your data",
    ];
    expect(labels(lead, "setting")).toEqual(ownSettings);
    expect(labels(engineer, "screen")).toEqual([
      "My profile",
      "Security",
      "Token Management",
      "Access tokens",
      "API reference",
      "Sessions",
      "Activity",
      "My access",
      "Help",
    ]);
    expect(labels(engineer, "action")).toEqual(["Generate client", "New token"]);
    expect(labels(engineer, "setting")).toEqual(ownSettings);
  }));
