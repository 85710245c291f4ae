import { expect, test } from "vitest";
import { exampleIds } from "@/lib/api/example-words";
import { rolledBack } from "@/lib/testing/database";
import { exampleWorld } from "@/lib/testing/example-world";
import { programOf } from "@/lib/testing/programs";

const { user, group, role, client } = exampleIds;
const end = "2099-12-31T18:00:00.000Z";
const later = "2100-06-30T18:00:00.000Z";

test("U6: a program sets memberships, and until when they and roles last, by what it sends alone", () =>
  rolledBack(async (tx) => {
    const { ada } = await exampleWorld(tx);
    const ask = await programOf(tx, ada);
    const address = `/users/${user}/access`;
    const held = async () => {
      const { groups, additionalRoles, version } = (await ask("GET", `/users/${user}`)).body;
      const ends = (all: { id: string; endsAt: string | null }[]) => all.map(({ id, endsAt }) => [id, endsAt]);
      return { groups: ends(groups), roles: ends(additionalRoles), version };
    };
    const joined = await ask("PATCH", address, { body: { memberships: [{ groupId: group, endsAt: end }] } });
    expect([joined.status, joined.headers.get("etag")]).toEqual([200, `"${joined.body.version}"`]);
    expect(await held()).toMatchObject({ groups: [[group, end]], roles: [[role, null]] });

    const ending = { roleEnds: [{ roleId: role, endsAt: later }] };
    const dry = await ask("PATCH", `${address}?dryRun=true`, { body: ending });
    expect(dry.body).toMatchObject({ dryRun: true, access: { people: { value: 1, exact: true } } });
    const stale = await ask("PATCH", address, { body: ending, headers: { "if-match": '"1"' } });
    expect(stale.status).toBe(412);
    const tag = `"${(await held()).version}"`;
    expect((await ask("PATCH", address, { body: ending, headers: { "if-match": tag } })).status).toBe(200);
    expect(await held()).toMatchObject({ groups: [[group, end]], roles: [[role, later]] });

    const past = await ask("PATCH", address, {
      body: { roleEnds: [{ roleId: role, endsAt: "2020-01-01T00:00:00Z" }] },
    });
    expect([past.status, past.body.errors]).toMatchObject([400, [{ pointer: "/roleEnds/0/endsAt" }]]);
    expect((await ask("PATCH", address, { body: {} })).status).toBe(200);
    expect(await held()).toMatchObject({ groups: [[group, end]], roles: [[role, later]] });
    expect((await ask("PATCH", address, { body: { memberships: [], roleEnds: [{ roleId: role }] } })).status).toBe(200);
    expect(await held()).toMatchObject({ groups: [], roles: [[role, null]] });
  }));

test("C15: clients of everybody in sight are listed with their user, by the filters of the screen", () =>
  rolledBack(async (tx) => {
    const { ada, lee, eve } = await exampleWorld(tx);
    const ask = await programOf(tx, ada);
    await ask("POST", `/users/${eve.id}/clients`, { body: { name: "rig" } });
    const found = async (query: string, as = ask) =>
      (await as("GET", `/clients${query}`)).body.items?.map((one: { name: string; user: object }) => [
        one.name,
        one.user,
      ]);
    const nina = ["nina-workstation", { id: user, name: "Nina Weber", username: "nina" }];
    const rig = ["rig", { id: eve.id, name: "Eve Engineer", username: "eve" }];
    expect(await found("?sort=name")).toEqual([nina, rig]);
    expect(await found("?status=registered")).toEqual([nina]);
    expect(await found(`?owner=${eve.id}`)).toEqual([rig]);
    expect(await found("?q=nina")).toEqual([nina]);
    expect(await found("", await programOf(tx, lee))).toEqual([rig]);
    expect((await (await programOf(tx, lee))("GET", `/clients/${client}`)).status).toBe(404);
  }));

test("P1: settings are read and changed, providers read, and operations of the product declared and removed", () =>
  rolledBack(async (tx) => {
    const { ada } = await exampleWorld(tx);
    const ask = await programOf(tx, ada);
    const setting = async () =>
      (await ask("GET", "/settings")).body.items.find(({ key }: { key: string }) => key === "lockout.failures");
    expect(await setting()).toMatchObject({ value: "5", isDefault: true, minimum: 3, maximum: 20, changed: null });
    expect((await ask("PATCH", "/settings/lockout.failures", { body: { value: 7 } })).status).toBe(200);
    expect(await setting()).toMatchObject({ value: "7", isDefault: false, changed: { by: { id: ada.id } } });
    expect((await ask("PATCH", "/settings/lockout.failures", { body: { value: 700 } })).body.errors).toMatchObject([
      { pointer: "/value" },
    ]);
    expect((await ask("PATCH", "/settings/nothing", { body: { value: 7 } })).status).toBe(400);
    expect((await ask("PATCH", "/settings/lockout.failures", { body: { value: null } })).status).toBe(200);
    expect(await setting()).toMatchObject({ value: "5", isDefault: true });

    const providers = await ask("GET", "/identity-providers");
    expect(providers.body.items).toMatchObject([{ slug: "northwind" }]);
    expect(JSON.stringify(providers.body)).not.toMatch(/secret"|clientSecret|sealed/);

    const declared = { key: "report.release", sentence: "Release a report" };
    expect((await ask("POST", "/app-operations", { body: declared })).status).toBeLessThan(300);
    expect((await ask("GET", "/app-operations?q=release")).body.items).toMatchObject([{ ...declared, roles: [] }]);
    expect((await ask("DELETE", "/app-operations/report.release")).body).toEqual({ key: "report.release" });
    expect((await ask("DELETE", "/app-operations/report.release")).status).toBe(404);
    const less = await programOf(tx, ada, ["user.read"]);
    for (const address of ["/settings", "/identity-providers", "/app-operations", "/clients"])
      expect([address, (await less("GET", address)).status]).toEqual([address, 403]);
  }));
