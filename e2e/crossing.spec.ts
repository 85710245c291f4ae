import { expect, test } from "@playwright/test";
import { v7 } from "uuid";
import { randomFrom } from "@/db/seed/random";
import { addressBypasses, headerBypasses } from "./bypass-variants";
import { type Canary, makeCanary } from "./canary";
import { makePerson } from "./people";
import { askPlainly } from "./plain-request";
import { pageAddresses, routeAddresses, serverActions } from "./route-inventory";
import { seedOfRun } from "./seed";
import { runningServer } from "./server";
import { cookieOf, startSession, withDatabase } from "./sign-in-as";

const seed = seedOfRun();
const random = randomFrom(seed);

const viewer = "administrator who views as a lead";

/** Whoever may see everybody sees the canary as well; nobody else may, by no way of asking. */
type Kind = { name: string; seesAll: boolean; cookie: string };

test.describe.configure({ mode: "serial" });

let canary: Canary;
let kinds: Kind[];

const cookieHeader = async (username: string) => {
  const { name, value } = await cookieOf(await startSession(username));
  return `${name}=${value}`;
};

async function makeKinds(): Promise<Kind[]> {
  const as = async (name: string, draft: Parameters<typeof makePerson>[1] = {}) => {
    const person = await makePerson(name.replaceAll(" ", "-"), draft);
    return { person, kind: { name, seesAll: false, cookie: await cookieHeader(person.username) } };
  };
  const lead = await as("lead", { primaryRole: "Quality Lead" });
  await makePerson("led", { manager: lead.person.username });
  const owner = await as("group owner");
  const member = await makePerson("member");
  const [group, role] = [v7(), v7()];
  await withDatabase((sql) =>
    sql.begin(async (tx) => {
      await tx`insert into roles (id, name, name_key, kind) values (${role}, ${`Keeper ${role}`}, ${`keeper ${role}`}, 'additional')`;
      for (const operation of [
        "user.read",
        "user.update",
        "group.read",
        "group.update",
        "group.add_member",
        "audit.read",
      ])
        await tx`insert into role_operations (role_id, operation, scope) values (${role}, ${operation}, 'owned_groups')`;
      await tx`insert into user_roles (user_id, role_id) values (${owner.person.id}, ${role})`;
      await tx`insert into groups (id, name, name_key, description, owner_id)
        values (${group}, ${`Kept ${group}`}, ${`kept ${group}`}, '', ${owner.person.id})`;
      await tx`insert into group_members (group_id, user_id) values (${group}, ${member.id})`;
    }),
  );
  const powerful = { primaryRole: "Quality Manager", additionalRoles: ["Admin"] };
  const onlooker = await as(viewer, powerful);
  const disabled = await as("disabled", powerful);
  const expired = await as("expired", powerful);
  await withDatabase(async (sql) => {
    await sql`
      update sessions set viewing_id = ${lead.person.id}, viewing_until = now() + interval '1 day'
       where user_id = ${onlooker.person.id}`;
    await sql`update users set status = 'disabled' where id = ${disabled.person.id}`;
    await sql`update users set access_ends_at = now() - interval '1 minute' where id = ${expired.person.id}`;
  });
  return [
    { name: "nobody", seesAll: false, cookie: "" },
    (await as("engineer")).kind,
    lead.kind,
    owner.kind,
    { ...(await as("auditor", { additionalRoles: ["Auditor"] })).kind, seesAll: true },
    (await as("quality manager", { primaryRole: "Quality Manager" })).kind,
    { name: "administrator", seesAll: true, cookie: await cookieHeader("ada") },
    onlooker.kind,
    disabled.kind,
    expired.kind,
  ];
}

type Cell = {
  kind: Kind;
  method: string;
  address: string;
  headers: Record<string, string>;
  data?: string;
};

/** Asks, and holds the answer against the canary. Gives whether it was seen, which only some may. */
async function cross(cell: Cell): Promise<boolean> {
  const { kind, method, address, headers, data } = cell;
  const { status, text } = await askPlainly({ ...cell, headers: { ...headers, cookie: kind.cookie } });
  const seen = canary.words.filter((word) => text.includes(word));
  if (status >= 500 || (!kind.seesAll && seen.length > 0))
    throw new Error(JSON.stringify({ kind: kind.name, method, address, headers, data, status, seen }));
  return seen.length > 0;
}

async function crossAll(cells: Cell[]): Promise<number> {
  let next = 0;
  let seen = 0;
  const lane = async () => {
    for (let cell = cells[next++]; cell; cell = cells[next++]) if (await cross(cell)) seen += 1;
  };
  // In a sample other journeys are asked for at the same time.
  await Promise.all(Array.from({ length: isThorough() ? 6 : 2 }, lane));
  return seen;
}

/** One address in every shape with all headers of each kind; where it has several queries, they take turns. */
const throughBypasses = (kind: Kind, address: (at: number) => string): Cell[] =>
  addressBypasses.flatMap((bypass, row) =>
    headerBypasses.map((headers, column) => ({
      kind,
      method: "GET",
      address: bypass(address(row + column)),
      headers,
    })),
  );

const isThorough = () => (test.info().config.metadata as { thorough?: boolean }).thorough === true;

/** All of them in a thorough run, else this many of each. */
function sample<T>(list: T[], most: number): T[] {
  if (isThorough()) return list;
  return Array.from({ length: Math.min(most, list.length) }, () => random.pick(list));
}

/** A thorough run asks tens of thousands of questions. */
const hours = 3 * 3_600_000;

test.beforeAll(async () => {
  canary = await makeCanary();
  kinds = await makeKinds();
});

/** It is tried in a view, and not because one has ended. */
test.afterEach(async () => {
  const { cookie = "" } = kinds.find(({ name }) => name === viewer) ?? {};
  const { status, text } = await askPlainly({ method: "GET", address: "/admin/users", headers: { cookie } });
  expect({ status, viewing: text.includes("Read-only.") }).toEqual({ status: 200, viewing: true });
});

test("no page shows the canary to whoever may not see it, however it is asked for", async () => {
  test.setTimeout(hours);
  const { user, group } = canary;
  const queries = [
    "?q=Kanarek",
    `?person=${user}&on=${user}&show=${user}&open=${user}&manager=${user}&user=${user}&group=${group}`,
  ];
  const pages = pageAddresses(canary);
  expect(pages.length).toBeGreaterThan(25);
  const cells = pages.flatMap((page) =>
    kinds.flatMap((kind): Cell[] => {
      const asked = ["", ...sample(queries, 1)];
      const plain = asked.map((query) => ({ kind, method: "GET", address: page + query, headers: {} }));
      const every = ["", ...queries];
      const bypassing = throughBypasses(kind, (at) => page + every[at % every.length]);
      const methods = ["HEAD", "OPTIONS", "POST"].map((method) => ({ kind, method, address: page, headers: {} }));
      return [...plain, ...sample(bypassing, 1), ...sample(methods, 1)];
    }),
  );
  const seen = await crossAll(cells);
  expect(seen, "an administrator sees the canary on its own pages").toBeGreaterThan(10);
  console.log(
    `pages: ${pages.length} × ${kinds.length} kinds, ${cells.length} cells, canary seen in ${seen} by those who may; seed ${seed}`,
  );
});

test("no route does", async () => {
  test.setTimeout(hours);
  // It ends the view of whoever views as somebody.
  const routes = routeAddresses(canary).filter(({ address }) => address !== "/viewing/stop");
  expect(routes.length).toBeGreaterThan(4);
  const cells = routes.flatMap(({ address, methods }) =>
    kinds.flatMap((kind): Cell[] => {
      const queries = ["", `?format=ndjson&person=${canary.user}`, `?id=${canary.client}`];
      const plain = queries.map((query) => ({ kind, method: "GET", address: address + query, headers: {} }));
      const written = [...methods, "DELETE"].map((method) => ({
        kind,
        method,
        address,
        headers: { origin: runningServer().baseUrl, "content-type": "application/json" },
        ...(method !== "GET" && { data: "{}" }),
      }));
      const bypassing = throughBypasses(kind, () => address);
      return [...plain, ...written, ...sample(bypassing, 2)];
    }),
  );
  await crossAll(cells);
  console.log(`routes: ${routes.length} × ${kinds.length} kinds, ${cells.length} cells; seed ${seed}`);
});

/** Open to everybody by design, and guarded by what they ask for; signing out would end the journey. */
const open = [
  "providerSignInAction",
  "providerSignOutAction",
  "providerOfNameAction",
  "signInAction",
  "signOutAction",
  "newPasswordAction",
  "completeSetupAction",
];

test("no action does, nor changes anything for whoever may not", async () => {
  test.setTimeout(hours);
  const { user, group, role, provider, account, session, client } = canary;
  const inputs = [
    { id: provider },
    { id: user },
    { id: group },
    { id: role },
    { id: account },
    { id: account, version: 1 },
    { id: account, version: 1, name: "crossed", ownerId: user, roleIds: [] },
    { id: account, name: "crossed", operations: ["user.read"], days: 7 },
    { id: session },
    { id: client },
    { id: user, version: 1 },
    { id: group, version: 1 },
    { userId: user },
    { groupId: group, userId: user },
    { groupId: group, userId: user, endsAt: "" },
    { id: user, reason: "crossed", until: "" },
    { id: user, owners: [], managerId: null },
    { id: user, version: 1, memberships: [], roleEnds: [] },
    { id: group, version: 1, roles: [] },
    { userId: user, name: "crossed" },
    { userId: user, providerId: provider, email: "crossed@northwind.example" },
    { q: "Kanarek" },
    { q: "Kanarek", userId: null },
    { q: "Kanarek", exceptId: role },
    { q: "Kanarek", groupId: group },
    { q: "Kanarek", groupId: group, userId: user },
    { personId: user, operation: "user.read" },
    { personId: user, operation: "user.read", onId: user, groupId: group },
    null,
  ].map((input) => JSON.stringify([input]));
  const actions = serverActions(canary).filter(({ name }) => !open.includes(name));
  expect(actions.length).toBeGreaterThan(30);
  const before = await stateOf();
  const cells = actions.flatMap(({ id, address }) =>
    kinds
      .filter(({ name }) => name !== "administrator")
      .flatMap((kind): Cell[] =>
        sample(inputs, 2).map((data) => ({
          kind,
          method: "POST",
          address,
          headers: {
            "next-action": id,
            origin: runningServer().baseUrl,
            accept: "text/x-component",
            "content-type": "text/plain;charset=UTF-8",
          },
          data,
        })),
      ),
  );
  await crossAll(cells);
  expect(await stateOf()).toEqual(before);
  console.log(`actions: ${actions.length} × ${kinds.length - 1} kinds, ${cells.length} cells; seed ${seed}`);
});

/** What somebody could have changed about the canary. */
const stateOf = () =>
  withDatabase(async (sql) => {
    const { user, group, role, provider, account } = canary;
    const [row] = await sql`select
      (select u::text from users u where id = ${user}) as person,
      (select string_agg(s.ended_at::text, ',') from sessions s where user_id = ${user}) as ended,
      (select string_agg(c.status || c.name, ',') from clients c where user_id = ${user}) as clients,
      (select string_agg(a.email, ',') from awaited_identities a where user_id = ${user}) as awaited,
      (select g::text from groups g where id = ${group}) as "group",
      (select string_agg(m.user_id::text, ',') from group_members m where group_id = ${group}) as members,
      (select string_agg(r.role_id::text, ',') from group_roles r where group_id = ${group}) as carried,
      (select a::text from service_accounts a where id = ${account}) as account,
      (select string_agg(r.role_id::text, ',') from service_account_roles r where service_account_id = ${account}) as given,
      (select string_agg(t.name, ',') from access_tokens t where service_account_id = ${account}) as tokens,
      (select p::text from identity_providers p where id = ${provider}) as provider,
      (select r::text from roles r where id = ${role}) as role`;
    return row;
  });
