import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { company } from "@/lib/testing/company";
import { makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { programOf } from "@/lib/testing/programs";

async function world(tx: Tx) {
  const people = await company(tx);
  return { ...people, ask: await programOf(tx, people.ada) };
}

type Line = { over: number; count: number; people: { id: string }[]; operations: { scope: string }[] };
const told = (lines: Line[]) =>
  lines.map(({ over, count, people, operations }) => [
    ...[over, count, people.map(({ id }) => id)],
    ...new Set(operations.map(({ scope }) => scope)),
  ]);

test("P4, R14: a dry run says who comes to reach whom by a new manager or a new owner, where nobody gains an operation", () =>
  rolledBack(async (tx) => {
    const { ask, lee, eve, sam, quinn } = await world(tx);
    const moved = await ask("PATCH", `/users/${sam.id}?dryRun=true`, { body: { managerId: lee.id } });
    const { access } = moved.body;
    expect([moved.status, access.people.value, access.gains, access.reach.loses]).toEqual([200, 0, [], []]);
    expect(told(access.reach.gains).toSorted()).toEqual(
      [
        [1, 1, [lee.id], "reports"],
        [1, 1, [quinn.id], "reports"],
      ].toSorted(),
    );
    const operations = ["user.read", "group.read"].map((operation) => ({ operation, scope: "owned_groups" }));
    const role = await ask("POST", "/roles", { body: { kind: "additional", name: "Owner", operations } });
    for (const { id } of [lee, quinn])
      await ask("PATCH", `/users/${id}`, { body: { additionalRoleIds: [role.body.id] } });
    const group = await ask("POST", "/groups", { body: { name: "Testers", ownerId: quinn.id } });
    const address = `/groups/${group.body.id}`;
    const empty = await ask("PATCH", `${address}?dryRun=true`, { body: { ownerId: lee.id } });
    expect(told(empty.body.access.reach.gains)).toEqual([[0, 1, [lee.id], "owned_groups"]]);
    for (const { id } of [eve, sam]) await ask("POST", `${address}/members`, { body: { userId: id } });
    const owned = await ask("PATCH", `${address}?dryRun=true`, { body: { ownerId: lee.id } });
    expect(told(owned.body.access.reach.gains)).toEqual([[2, 1, [lee.id], "owned_groups"]]);
    expect(told(owned.body.access.reach.loses)).toEqual([[2, 1, [quinn.id], "owned_groups"]]);
  }));

test("P4, R11: those who come to reach somebody alike are grouped, the first ten by name and all counted", () =>
  rolledBack(async (tx) => {
    const { ask, ada, sam, lee, quinn } = await world(tx);
    let managerId: string | null = null;
    for (let level = 10; level < 22; level += 1) {
      const named = { firstName: `Above ${level}`, lastName: "Lead", primaryRole: "Quality Lead" };
      managerId = (await makeUser(tx, { ...named, managerId })).id;
    }
    const { reach } = (await ask("PATCH", `/users/${sam.id}?dryRun=true`, { body: { managerId } })).body.access;
    expect(reach.gains).toHaveLength(1);
    expect(reach.gains[0]).toMatchObject({ over: 1, count: 12 });
    expect(reach.gains[0].people.map(({ name }: { name: string }) => name)).toEqual(
      Array.from({ length: 10 }, (_, index) => `Above ${index + 10} Lead`),
    );
    const giving = await ask("POST", "/roles", {
      body: { kind: "additional", name: "Mover", operations: [{ operation: "user.update", scope: "reports" }] },
    });
    await ask("PATCH", `/users/${lee.id}`, { body: { additionalRoleIds: [giving.body.id] } });
    const worker = await makeUser(tx, { firstName: "Wim", managerId: lee.id });
    const asLee = await programOf(tx, lee);
    const seen = await asLee("PATCH", `/users/${worker.id}?dryRun=true`, { body: { managerId: null } });
    expect([seen.status, told(seen.body.access.reach.loses).toSorted()]).toEqual([
      200,
      [
        [1, 1, [], "reports"],
        [1, 1, [lee.id], "reports"],
      ],
    ]);
    expect(JSON.stringify(seen.body)).not.toMatch(new RegExp(`${quinn.id}|${ada.id}`));
  }));

test("P4, R9: a dry run of a new user says what they would hold and who would reach them", () =>
  rolledBack(async (tx) => {
    const { ask, lee } = await world(tx);
    const body = {
      ...{ username: "nora", email: "nora@northwind.example", firstName: "Nora", managerId: lee.id },
      primaryRoleId: (await roleNamed(tx, "Quality Engineer")).id,
    };
    const dry = await ask("POST", "/users?dryRun=true", { body });
    expect(dry.body.access).toMatchObject({
      people: { value: 1, exact: true },
      administrators: { gain: 0, lose: 0, touched: 0 },
      gains: [{ count: 1, people: [] }],
      loses: [],
      reach: { loses: [] },
    });
    expect(dry.body.access.reach.gains).toHaveLength(2);
    expect((await ask("GET", "/users?q=nora")).body.total.value).toBe(0);
  }));

test("P4, R9: a dry run says how many are administrators no longer", () =>
  rolledBack(async (tx) => {
    const { ask } = await world(tx);
    const other = await makeUser(tx, { primaryRole: "Quality Manager", roles: ["Admin"] });
    const dry = await ask("PATCH", `/users/${other.id}?dryRun=true`, { body: { additionalRoleIds: [] } });
    expect(dry.body.access.administrators).toEqual({ gain: 0, lose: 1, touched: 1 });
  }));

test("P4, R9: a dry run says until when something is gained, and that only its end changes", () =>
  rolledBack(async (tx) => {
    const { ask, eve } = await world(tx);
    const operations = [{ operation: "user.read", scope: "all" }];
    const { id } = (await ask("POST", "/roles", { body: { kind: "additional", name: "Reader", operations } })).body;
    const [soon, later] = ["2099-01-01T00:00:00.000Z", "2100-01-01T00:00:00.000Z"];
    const lines = async (body: object, address = `/users/${eve.id}/access`) => {
      const dry = await ask("PATCH", `${address}?dryRun=true`, { body });
      expect(dry.status).toBe(200);
      const told = (line: object) => ({ ...line, operations: undefined, people: undefined });
      return { gains: dry.body.access.gains.map(told), loses: dry.body.access.loses.map(told) };
    };
    const line = (until: string | null, endOnly: boolean) => ({ count: 1, until, severalEnds: false, endOnly });
    const given = { additionalRoleIds: [id] };
    expect(await lines(given, `/users/${eve.id}`)).toEqual({ gains: [line(null, false)], loses: [] });
    await ask("PATCH", `/users/${eve.id}`, { body: given });
    const ends = (endsAt: string | null) => ({ roleEnds: [{ roleId: id, endsAt }] });
    expect(await lines(ends(soon))).toEqual({ gains: [], loses: [line(soon, true)] });
    expect((await ask("PATCH", `/users/${eve.id}/access`, { body: ends(soon) })).status).toBe(200);
    expect(await lines(ends(later))).toEqual({ gains: [line(later, true)], loses: [] });
    expect(await lines(ends(null))).toEqual({ gains: [line(null, true)], loses: [] });
    expect(await lines({ additionalRoleIds: [] }, `/users/${eve.id}`)).toEqual({
      gains: [],
      loses: [line(null, false)],
    });
  }));

test("P4, R9: where people keep something until many different ends, a line says so", () =>
  rolledBack(async (tx) => {
    const { ask } = await world(tx);
    const operations = [{ operation: "user.read", scope: "all" }];
    const { id } = (await ask("POST", "/roles", { body: { kind: "additional", name: "Reader", operations } })).body;
    for (let day = 10; day < 25; day += 1) {
      const person = await makeUser(tx, { roles: ["Reader"] });
      const body = { roleEnds: [{ roleId: id, endsAt: `2099-01-${day}T00:00:00Z` }] };
      expect((await ask("PATCH", `/users/${person.id}/access`, { body })).status).toBe(200);
    }
    const more = [...operations, { operation: "group.read", scope: "all" }];
    const dry = await ask("PATCH", `/roles/${id}?dryRun=true`, { body: { operations: more } });
    expect(dry.body.access.gains).toMatchObject([{ count: 15, until: null, severalEnds: true, endOnly: false }]);
  }));
