import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { events, groups, roles, users } from "@/db/schema";
import { company } from "@/lib/testing/company";
import { makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { type Program, programOf, programWith } from "@/lib/testing/programs";

async function world(tx: Tx) {
  const people = await company(tx);
  const ask = await programOf(tx, people.ada);
  return { ...people, ask };
}

const pointers = (body: { errors?: { pointer: string }[] }) => body.errors?.map(({ pointer }) => pointer).toSorted();

/** With a primary role of its own, which carries nothing. */
async function created(ask: Program, tx: Tx, more: object = {}) {
  const [known] = await tx.select().from(roles).where(eq(roles.name, "Worker"));
  const made = known ?? (await ask("POST", "/roles", { body: { kind: "primary", name: "Worker", rank: 1 } })).body;
  const body = { username: "nina", email: "nina@example.com", firstName: "Nina", primaryRoleId: made.id };
  return (query = "") => ask("POST", `/users${query}`, { body: { ...body, ...more } });
}

test("P3: no token, an address that is not there, and a method that is not known", () =>
  rolledBack(async (tx) => {
    const { ask, eve } = await world(tx);
    const nobody = programWith(tx, null);
    expect(await nobody("GET", "/nothing")).toMatchObject({
      status: 401,
      body: { type: "urn:gatehouse:problem:token-missing" },
    });
    expect(await ask("GET", "/nothing")).toMatchObject({
      status: 404,
      body: { type: "urn:gatehouse:problem:unknown-address", requestId: "r-1" },
    });
    const other = await ask("PUT", `/users/${eve.id}`);
    expect([other.status, other.headers.get("allow")]).toEqual([405, "GET, HEAD, PATCH, OPTIONS"]);
    expect(other.headers.get("content-type")).toBe("application/problem+json");
    expect((await ask("GET", "/me")).body).toMatchObject({ token: { name: expect.any(String) } });
  }));

test("P3: what is wrong with a body is said field by field", () =>
  rolledBack(async (tx) => {
    const { ask } = await world(tx);
    const wrong = await ask("POST", "/users", {
      body: { username: 7, emial: "x", firstName: "N", primaryRoleId: "no", "a.b": 1, additionalRoleIds: ["x"] },
    });
    expect(wrong.status).toBe(400);
    expect(pointers(wrong.body)).toEqual([
      ...["/a.b", "/additionalRoleIds/0", "/email", "/emial", "/primaryRoleId", "/username"],
    ]);
    expect(wrong.body.errors).toContainEqual({ pointer: "/email", detail: "This field is missing." });
    expect(wrong.body.errors).toContainEqual({ pointer: "/emial", detail: "Unknown field." });
    expect(wrong.body.errors).toContainEqual({ pointer: "/primaryRoleId", detail: "This is not an id." });
    expect(wrong.body.errors).toContainEqual({ pointer: "/username", detail: "Must be a string." });
    const listed = async (query: string) => (await ask("GET", `/users?${query}`)).body.errors;
    expect(await listed("limit=0")).toEqual([{ pointer: "/limit", detail: "Must be at least 1." }]);
    expect(await listed("limit=201")).toEqual([{ pointer: "/limit", detail: "Must be at most 200." }]);
    expect(await listed("status=gone")).toEqual([
      { pointer: "/status/0", detail: "Must be one of active, disabled, invited, locked." },
    ]);
    const twice = await ask("POST", "/groups", { text: '{"name":"a","name":"b"}' });
    expect([twice.status, pointers(twice.body)]).toEqual([400, ["/name"]]);
    const kinds = await Promise.all([
      ask("POST", "/groups", { text: "{" }),
      ask("POST", "/groups", { text: "[]" }),
      ask("POST", "/groups", { text: "{}", headers: { "content-type": "text/plain" } }),
      ask("POST", "/groups", { text: `{"name":"${"x".repeat(1_048_576)}"}` }),
      ask("POST", "/groups?dryRun=maybe", { body: { name: "x" } }),
      ask("POST", "/groups?dry=true", { body: { name: "x" } }),
      ask("POST", "/groups", { body: { name: "x" }, headers: { "if-match": '"1"' } }),
    ]);
    expect(kinds.map(({ status }) => status)).toEqual([400, 400, 415, 413, 400, 400, 400]);
    expect((await ask("PATCH", `/users/${crypto.randomUUID()}`, { body: { id: "x" } })).body.errors).toEqual([
      { pointer: "/id", detail: "This field belongs in the path." },
    ]);
  }));

test("P2: lists say where they continue, and refuse a foreign place", () =>
  rolledBack(async (tx) => {
    const { ask } = await world(tx);
    const first = await ask("GET", "/users?limit=2&sort=username");
    expect(first.body.items.map((one: { username: string }) => one.username)).toEqual(["ada", "eve"]);
    expect(first.body.total).toEqual({ value: 5, exact: true });
    const second = await ask("GET", `/users?limit=200&sort=username&after=${first.body.next}`);
    expect(second.body.items.map((one: { username: string }) => one.username)).toEqual(["lee", "quinn", "sam"]);
    expect(second.body.next).toBeNull();
    const refused = await Promise.all([
      ask("GET", `/users?sort=-username&after=${first.body.next}`),
      ask("GET", `/groups?after=${first.body.next}`),
      ask("GET", `/users?sort=username&after=${first.body.next.slice(0, -3)}`),
      ask("GET", "/users?limit=201"),
      ask("GET", "/users?limit=0"),
      ask("GET", "/users?limit=1&limit=2"),
      ask("GET", "/users?page=2"),
      ask("GET", "/users?status=asleep"),
      ask("GET", "/users?before=x"),
    ]);
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 400));
    expect((await ask("GET", "/users?status=active&status=invited&limit=1")).body.total.value).toBe(5);
    expect(first.body.items[0]).not.toHaveProperty("picture");
  }));

test("P1: every list and every single read answers what it declares", () =>
  rolledBack(async (tx) => {
    const { ask, eve, lee } = await world(tx);
    const { body: group } = await ask("POST", "/groups", { body: { name: "Testers", ownerId: lee.id } });
    await ask("POST", `/groups/${group.id}/members`, { body: { userId: eve.id, endsAt: "2099-01-01T00:00:00Z" } });
    const client = await ask("POST", `/users/${eve.id}/clients`, { body: { name: "rig" } });
    expect([client.status, client.body]).toMatchObject([
      201,
      { name: "rig", token: expect.stringMatching(/^gh_cli_/) },
    ]);
    const role = await roleNamed(tx, "Quality Lead");
    const answers = await Promise.all(
      [
        ...["/users", "/groups", "/roles", "/sessions", "/audit-events"],
        ...[`/groups/${group.id}/members`, `/users/${eve.id}/clients`, `/users/${eve.id}/tokens`],
        ...[`/users/${eve.id}`, `/groups/${group.id}`, `/roles/${role.id}`, `/clients/${client.body.clientId}`],
      ].map(async (address) => ({ address, ...(await ask("GET", address)) })),
    );
    expect(answers.map(({ address, status }) => [address, status])).toEqual(
      answers.map(({ address }) => [address, 200]),
    );
    const found = (address: string) => answers.find((one) => one.address.startsWith(address))?.body;
    expect(found(`/groups/${group.id}/members`).items).toMatchObject([
      { id: eve.id, endsAt: "2099-01-01T00:00:00.000Z" },
    ]);
    expect(found(`/users/${eve.id}/clients`).items).toMatchObject([{ name: "rig", status: "provisioned" }]);
    expect(answers.find(({ address }) => address === `/users/${eve.id}`)?.body).toMatchObject({
      username: "eve",
      manager: { id: lee.id },
      groups: [{ id: group.id, name: "Testers" }],
      version: expect.any(Number),
    });
    expect(found("/audit-events").items[0]).toMatchObject({
      operation: "client.generate",
      actor: { kind: "token" },
      user: { id: eve.id },
      changes: { name: { before: null, after: "rig" } },
    });
    expect(JSON.stringify(answers)).not.toMatch(/hash|nameKey|revision|publicKey/);
  }));

test("P4: users are created, changed by what is sent alone, and compared by their version", () =>
  rolledBack(async (tx) => {
    const { ask, lee } = await world(tx);
    const make = await created(ask, tx, { managerId: lee.id });
    const made = await make();
    expect(made).toMatchObject({ status: 201, body: { id: expect.any(String), mailed: expect.any(Boolean) } });
    const address = `/users/${made.body.id}`;
    const before = await ask("GET", address);
    const etag = before.headers.get("etag") ?? "";
    expect(etag).toBe(`"${before.body.version}"`);
    const changed = await ask("PATCH", address, { body: { lastName: "New" }, headers: { "if-match": etag } });
    expect([changed.status, changed.headers.get("etag")]).toEqual([200, `"${before.body.version + 1}"`]);
    const stale = await ask("PATCH", address, { body: { lastName: "Old" }, headers: { "if-match": etag } });
    expect(stale).toMatchObject({ status: 412, body: { type: "urn:gatehouse:problem:version-replaced" } });
    expect(
      (await ask("PATCH", address, { body: { lastName: "Old" }, headers: { "if-match": `W/${etag}` } })).status,
    ).toBe(412);
    expect((await ask("PATCH", address, { body: { lastName: "Any" }, headers: { "if-match": "*" } })).status).toBe(200);
    expect((await ask("GET", address)).body).toMatchObject({
      lastName: "Any",
      firstName: "Nina",
      email: "nina@example.com",
      manager: { id: lee.id },
    });
    expect((await make()).body.errors).toMatchObject([{ pointer: "/username" }, { pointer: "/email" }]);
    const engineer = await roleNamed(tx, "Quality Engineer");
    const given = await ask("PATCH", address, { body: { primaryRoleId: engineer.id } });
    expect([given.status, given.body.detail]).toEqual([200, undefined]);
    const off = await ask("POST", `${address}/disable`, { body: { reason: "left" } });
    expect(off).toMatchObject({ status: 200, body: { id: made.body.id, until: null } });
    expect((await ask("POST", `${address}/enable`)).status).toBe(200);
  }));

test("P1: groups and roles are created, changed and deleted", () =>
  rolledBack(async (tx) => {
    const { ask, eve } = await world(tx);
    const role = await ask("POST", "/roles", {
      body: { kind: "additional", name: "Reader", operations: [{ operation: "user.read", scope: "all" }] },
    });
    expect(role.status).toBe(201);
    expect((await ask("PATCH", `/roles/${role.body.id}`, { body: { description: "Reads." } })).status).toBe(200);
    const group = await ask("POST", "/groups", { body: { name: "Readers", roles: [{ roleId: role.body.id }] } });
    const address = `/groups/${group.body.id}`;
    expect((await ask("PATCH", address, { body: { description: "Who read." } })).body).toEqual({
      id: group.body.id,
      version: 2,
    });
    expect((await ask("GET", address)).body).toMatchObject({ name: "Readers", roles: [{ name: "Reader" }] });
    expect((await ask("PUT", `${address}/roles`, { body: { roles: [] } })).status).toBe(200);
    expect((await ask("POST", `${address}/members`, { body: { userId: eve.id } })).status).toBe(200);
    expect((await ask("DELETE", `${address}/members/${eve.id}`)).status).toBe(200);
    expect((await ask("DELETE", address, { headers: { "if-match": '"1"' } })).status).toBe(412);
    expect((await ask("DELETE", address)).body).toEqual({ name: "Readers", members: 0 });
    expect((await ask("DELETE", `/roles/${role.body.id}`)).status).toBe(200);
    expect((await ask("GET", address)).status).toBe(404);
  }));

test("P4: a dry run answers what would change, and keeps nothing", () =>
  rolledBack(async (tx) => {
    const { ask, eve, sam, lee, quinn } = await world(tx);
    const before = await ask("GET", `/users/${eve.id}`);
    const dry = await ask("PATCH", `/users/${eve.id}?dryRun=true`, { body: { lastName: "Other", managerId: sam.id } });
    expect(dry).toMatchObject({ status: 200, body: { dryRun: true } });
    expect(dry.body.changes).toMatchObject({
      lastName: { before: "Engineer", after: "Other" },
      manager: { before: "Lee Lead", after: expect.stringMatching(/^Sam/) },
    });
    expect(Object.keys(dry.body.changes).toSorted()).toEqual(["lastName", "manager"]);
    const over = {
      over: 1,
      count: 1,
      operations: expect.arrayContaining([{ operation: "user.read", scope: "reports" }]),
    };
    expect(dry.body.access.reach.gains).toEqual([]);
    expect(dry.body.access.reach.loses).toHaveLength(2);
    for (const { id } of [lee, quinn])
      expect(dry.body.access.reach.loses).toContainEqual({ ...over, people: [{ id, name: expect.any(String) }] });
    expect(dry.body.access.administrators).toEqual({ gain: 0, lose: 0, touched: 0 });
    expect((await ask("GET", `/users/${eve.id}`)).body).toEqual(before.body);
    const dryMade = await ask("POST", "/groups?dryRun=true", { body: { name: "Nowhere" } });
    expect(dryMade.body).not.toHaveProperty("id");
    expect(await tx.select().from(groups).where(eq(groups.name, "Nowhere"))).toEqual([]);
    const { body: group } = await ask("POST", "/groups", { body: { name: "Testers" } });
    await ask("POST", `/groups/${group.id}/members`, { body: { userId: eve.id } });
    const { body: extra } = await ask("POST", "/roles", {
      body: { kind: "additional", name: "Reader", operations: [{ operation: "group.read", scope: "all" }] },
    });
    const carrying = await ask("PUT", `/groups/${group.id}/roles?dryRun=true`, {
      body: { roles: [{ roleId: extra.id }] },
    });
    expect(carrying.body.access).toMatchObject({
      people: { value: 1, exact: true },
      gains: [{ operations: [{ operation: "group.read", scope: "all" }], count: 1, people: [{ id: eve.id }] }],
      loses: [],
    });
    await ask("PUT", `/groups/${group.id}/roles`, { body: { roles: [{ roleId: extra.id }] } });
    await ask("POST", "/service-accounts", { body: { name: "Robot", ownerId: eve.id, roleIds: [extra.id] } });
    const members = `/groups/${group.id}/members`;
    const leaving = await ask("DELETE", `${members}/${eve.id}?dryRun=true`);
    const gone = await ask("DELETE", `${members}/${sam.id}?dryRun=true`);
    const same = await ask("PATCH", `/users/${eve.id}?dryRun=true`, { body: { lastName: "Engineer" } });
    expect([leaving, gone, same].map(({ body }) => [body.unchanged, body.changes])).toEqual([
      [false, {}],
      [true, {}],
      [true, {}],
    ]);
    expect(leaving.body.access).toMatchObject({
      loses: [{ count: 1, people: [{ id: eve.id }] }],
      serviceAccounts: {
        changed: { value: 1, exact: true },
        gains: [],
        loses: [{ operations: [{ operation: "group.read", scope: "all" }], serviceAccounts: [{ name: "Robot" }] }],
      },
    });
    const joining = await ask("POST", `${members}?dryRun=true`, { body: { userId: sam.id } });
    expect(joining.body.access).toMatchObject({ gains: [{ people: [{ id: sam.id }] }], loses: [] });
    const since = (await tx.select().from(events)).length;
    expect((await ask("DELETE", `/roles/${(await roleNamed(tx, "Admin")).id}?dryRun=true`)).status).toBe(409);
    expect((await tx.select().from(events)).length).toBe(since + 1);
    const withPassword = await (await created(ask, tx, { credentials: "generate" }))("?dryRun=true");
    expect(withPassword.body.changes).toMatchObject({ status: { after: "active" }, password: { after: "set" } });
    const reader = await created(ask, tx, { additionalRoleIds: [extra.id], managerId: lee.id });
    expect((await reader("?dryRun=true")).body.access).toMatchObject({
      people: { value: 1, exact: true },
      administrators: { gain: 0, lose: 0, touched: 0 },
      gains: [{ count: 1, people: [] }],
      loses: [],
      reach: { gains: [{ over: 1 }, { over: 1 }], loses: [] },
    });
    expect(await tx.select().from(users).where(eq(users.username, "nina"))).toEqual([]);
  }));

test("R11: nothing outside the sight of a token's owner shows, by whatever it is asked", () =>
  rolledBack(async (tx) => {
    const { lee, eve, sam } = await world(tx);
    const hidden = await makeUser(tx, { username: "hidden", firstName: "Hidden", lastName: "Person" });
    const ask = await programOf(tx, lee);
    expect((await ask("GET", `/users/${eve.id}`)).status).toBe(200);
    const unknown = crypto.randomUUID();
    for (const [method, address, sent] of [
      ["GET", "/users/ID"],
      ["GET", "/users/ID/clients"],
      ["GET", "/users/ID/tokens"],
      ["PATCH", "/users/ID", { body: { lastName: "X" } }],
      ["PATCH", "/users/ID?dryRun=true", { body: { lastName: "X" } }],
      ["POST", "/users/ID/disable", { body: { reason: "x" } }],
      ["POST", "/users/ID/clients", { body: { name: "x" } }],
      ["POST", "/users/ID/archive", { body: { owners: [], managerId: null } }],
      ["POST", "/users/ID/sessions/end"],
    ] as const) {
      const [there, not] = [
        await ask(method, address.replace("ID", hidden.id), sent),
        await ask(method, address.replace("ID", unknown), sent),
      ];
      expect([method, address, there.status, there.body.detail]).toEqual([
        method,
        address,
        not.status,
        not.body.detail,
      ]);
      expect([403, 404]).toContain(there.status);
    }
    for (const address of ["/users?q=Hidden", `/users?manager=${sam.id}`, `/audit-events?person=${hidden.id}`]) {
      const { status, body } = await ask("GET", address);
      if (status === 200) expect([address, body.items, body.total.value]).toEqual([address, [], 0]);
      else expect(status).toBe(403);
    }
    expect(JSON.stringify((await ask("GET", "/users")).body)).not.toContain("Hidden");
  }));

test("R11: a filter by somebody out of sight reveals nothing that the rows do not", () =>
  rolledBack(async (tx) => {
    const { ask: administrator, lee, quinn, sam } = await world(tx);
    await administrator("PATCH", `/users/${sam.id}`, { body: { managerId: quinn.id } });
    const role = await administrator("POST", "/roles", {
      body: {
        ...{ kind: "additional", name: "Owner" },
        operations: [
          { operation: "user.read", scope: "owned_groups" },
          { operation: "group.read", scope: "all" },
        ],
      },
    });
    const own = await administrator("POST", "/groups", { body: { name: "Own", ownerId: lee.id } });
    await administrator("POST", "/groups", { body: { name: "Other", ownerId: quinn.id } });
    await administrator("POST", `/groups/${own.body.id}/members`, { body: { userId: sam.id } });
    await administrator("PATCH", `/users/${lee.id}`, { body: { additionalRoleIds: [role.body.id] } });
    const ask = await programOf(tx, lee);
    const outOfSight = { id: null, name: expect.any(String) };
    expect((await ask("GET", `/users/${sam.id}`)).body.manager).toEqual(outOfSight);
    expect((await ask("GET", "/groups?q=other")).body.items).toMatchObject([{ owner: outOfSight }]);
    const found = async (address: string) => (await ask("GET", address)).body.total.value;
    expect(await Promise.all([`/users?manager=${quinn.id}`, `/groups?owner=${quinn.id}`].map(found))).toEqual([0, 0]);
    expect(await Promise.all([`/users?manager=${lee.id}`, `/groups?owner=${lee.id}`].map(found))).toEqual([1, 1]);
  }));

test("R11: so it is with what has an owner, who may be out of sight where the thing is not", () =>
  rolledBack(async (tx) => {
    const { ask: administrator, lee, quinn, eve } = await world(tx);
    const reading = ["service_account.read", "resource.read", "client.read"];
    const operations = reading.map((operation) => ({ operation, scope: "all" }));
    const body = { kind: "additional", name: "Things of everybody", operations };
    const role = await administrator("POST", "/roles", { body });
    await administrator("PATCH", `/users/${lee.id}`, { body: { additionalRoleIds: [role.body.id] } });
    const group = await administrator("POST", "/groups", { body: { name: "Hidden", ownerId: null } });
    for (const { id } of [quinn, eve]) {
      await administrator("POST", `/groups/${group.body.id}/members`, { body: { userId: id } });
      await administrator("POST", "/service-accounts", { body: { name: `Robot ${id}`, ownerId: id } });
      const told = { type: "project", externalId: id, name: "Apollo", ownerId: id };
      await administrator("PUT", "/resources", { body: told });
      await administrator("POST", `/users/${id}/clients`, { body: { name: "rig" } });
    }
    const ask = await programOf(tx, lee);
    const found = async (address: string) => (await ask("GET", address)).body.total.value;
    const byOwner = ({ id }: { id: string }) =>
      Promise.all([`/service-accounts?owner=${id}`, `/resources?owner=${id}`].map(found));
    expect(await byOwner(quinn)).toEqual([0, 0]);
    expect(await byOwner(eve)).toEqual([1, 1]);
    expect(await found(`/clients?group=${group.body.id}`), "whose groups are out of sight").toBe(1);
    for (const { id } of [quinn, eve]) await administrator("POST", `/users/${id}/disable`, { body: { reason: "x" } });
    expect(await found("/resources?ownership=left"), "owners who left are shown if they are in sight").toBe(1);
    const { items } = (await ask("GET", "/service-accounts?sort=name")).body;
    const reasons = new Map(
      items.map(({ owner, reason }: { owner: { id: string }; reason: string }) => [owner.id, reason]),
    );
    expect(reasons).toEqual(
      new Map([
        [eve.id, "Eve Engineer is disabled. It resumes automatically."],
        [null, "The access of its owner is paused. It resumes automatically."],
      ]),
    );
  }));
