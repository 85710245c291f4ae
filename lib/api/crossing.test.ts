import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import { accessTokens, roleOperations, roles, settings, userRoles, users } from "@/db/schema";
import { exampleOf, type Schema } from "@/lib/api/example-of";
import { exampleIds } from "@/lib/api/example-words";
import { endpoints } from "@/lib/api/table";
import { fitsOnToken } from "@/lib/authz/limit";
import { grantToken } from "@/lib/client-tokens/token";
import { generateClient } from "@/lib/clients/commands";
import { registerClient } from "@/lib/clients/register";
import { operationKeys, operationOf } from "@/lib/operations";
import { createAccount } from "@/lib/service-accounts/commands/create";
import { issueAccountToken } from "@/lib/service-accounts/commands/issue-token";
import { keepSigningKeys } from "@/lib/signing-keys/keep";
import { newKey, signAssertion, tokenForm } from "@/lib/testing/assertions";
import { as, asNobody, asOperator, makeUser, rolledBack } from "@/lib/testing/database";
import {
  type Described,
  describedOperations,
  exampleRequest,
  faultsOf,
  mediaOf,
  responseOf,
} from "@/lib/testing/described-interface";
import { exampleWorld } from "@/lib/testing/example-world";
import { type Answered, programOf, programWith, tokenOf } from "@/lib/testing/programs";
import { tell } from "@/lib/testing/thorough";

const needs = ({ method, path }: Described) =>
  endpoints.find((one) => one.method === method && one.path === path)?.operation ?? null;

const source = { address: "10.0.0.9", agent: "rig/1", requestId: "r-1" };

/** What a client of this person is given to register with, and what another one of theirs signs in with. */
async function ofClients(tx: Tx, { id: userId }: { id: string }) {
  await keepSigningKeys(tx as unknown as Db, new Date());
  const key = await newKey();
  const { token: provision } = await generateClient(asOperator(tx), { userId, name: "rig" });
  const { clientId, token } = await generateClient(asOperator(tx), { userId, name: "bench" });
  const report = { publicKey: key.publicKey as never, version: "1", platform: "Ubuntu 24.04" };
  await registerClient(asNobody(tx, source), { token, ...report });
  const granted = await grantToken(asNobody(tx, source), tokenForm(await signAssertion(key, clientId)));
  return { provision, signed: granted.access_token };
}

/** A token of a service account of somebody who may do everything, whose role reaches only the one person below and the owner's groups. */
async function ofAccount(tx: Tx, owner: { id: string }) {
  await makeUser(tx, { username: "below", managerId: owner.id });
  const operations = [
    { operation: "user.read", scope: "reports" },
    { operation: "group.read", scope: "owned_groups" },
  ];
  const ask = await programOf(tx, owner);
  const role = (await ask("POST", "/roles", { body: { kind: "additional", name: "Narrow", operations } })).body;
  const ctx = await as(tx, owner);
  const { id } = await createAccount(ctx, { name: "Narrow", ownerId: owner.id, roleIds: [role.id] });
  const carried = operations.map(({ operation }) => operation);
  return (await issueAccountToken(ctx, { id, name: "live", operations: carried, days: 30 })).token;
}

/** Every way in which a request can say who it is, with what it can say of it. */
async function callers(tx: Tx) {
  const { ada, lee, eve } = await exampleWorld(tx);
  await tx.insert(settings).values({ key: "throttle.attempts", value: 1000 });
  const looker = await makeUser(tx, { username: "looker", primaryRole: "Quality Manager" });
  const gone = await makeUser(tx, { username: "gone", primaryRole: "Quality Manager", roles: ["Admin"] });
  const [all, revoked, expired, disabled] = await Promise.all([
    tokenOf(tx, ada),
    tokenOf(tx, ada),
    tokenOf(tx, ada),
    tokenOf(tx, gone),
  ]);
  const hashed = (text: string) => eq(accessTokens.hash, createHash("sha256").update(text).digest("base64url"));
  await tx.update(accessTokens).set({ revokedAt: new Date() }).where(hashed(revoked));
  await tx
    .update(accessTokens)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(hashed(expired));
  await tx.update(users).set({ status: "disabled" }).where(eq(users.id, gone.id));
  const { provision, signed } = await ofClients(tx, ada);
  return {
    unknown: {
      nobody: null,
      garbage: "garbage",
      "one that looks like a token": `gh_pat_${"a".repeat(49)}`,
      revoked,
      expired,
      "of a disabled owner": disabled,
      "a client's": signed,
      "a client's to register with": provision,
      "one that looks like a client's": `${Buffer.from('{"alg":"ES256","typ":"at+jwt"}').toString("base64url")}.e30.${"A".repeat(86)}`,
    },
    known: {
      administrator: all,
      manager: await tokenOf(tx, looker),
      lead: await tokenOf(tx, lee),
      engineer: await tokenOf(tx, eve),
      auditor: await tokenOf(tx, await makeUser(tx, { username: "auditor", roles: ["Auditor"] })),
      "an administrator's of one operation": await tokenOf(tx, ada, ["group.read"]),
      "a service account's": await ofAccount(tx, ada),
    },
  };
}

/** Written by refusals as well: what the log says of them, and what counts them. */
const noted = /^(events|event_values|throttles|unknown_proofs)/;

/** All that is stored, a sum for each table, but for what a refusal leaves and when a token was used. */
async function stored(tx: Tx): Promise<Record<string, string>> {
  const tables = await tx.execute<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const parts = tables
    .filter(({ name }) => !noted.test(name))
    .map(({ name }) => {
      const row = `to_jsonb(t) - array['last_used_at', 'last_used_address', 'last_used_agent', 'revision']`;
      return `select '${name}' as name, md5(string_agg(md5((${row})::text), '' order by (${row})::text)) as sum from "${name}" t`;
    });
  const sums = await tx.execute<{ name: string; sum: string }>(sql.raw(parts.join(" union all ")));
  return Object.fromEntries(sums.map(({ name, sum }) => [name, sum]));
}

/** Does it, and takes it back. */
async function takenBack<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await tx.execute(sql.raw("savepoint crossing"));
  try {
    return await work();
  } finally {
    await tx.execute(sql.raw("rollback to savepoint crossing; release savepoint crossing"));
  }
}

function expectDescribed(operation: Described, { status, headers, body }: Answered) {
  const response = responseOf(operation, status);
  expect(response, `${status} ${JSON.stringify(body)}`).not.toBeNull();
  const { type, media } = mediaOf(response ?? {});
  expect(headers.get("content-type")).toBe(type);
  expect(faultsOf(media.schema, body)).toEqual([]);
}

const ids = Object.values(exampleIds);
/** Ids of nothing, one for each id of the examples. */
const none = new Map(ids.map((id) => [id, id.replace("01920000", "01920001")]));
const toNothing = (text: string) => text.replace(/01920000-[0-9a-f-]{27}/g, (id) => none.get(id) ?? id);

/** An answer as it reads with every id of the examples taken for one of nothing, whenever it was given. */
const read = ({ status, headers, body }: Answered) =>
  toNothing(JSON.stringify([status, Object.fromEntries(headers), body])).replace(/T[0-9:.]{8,12}Z/g, "");

const ofPeople = /Nina|nina@|Weber|Lara|nina-workstation|nightly import|192\.0\.2\.10/;
const ofGroups = /Regression/;

test(
  "P1: a request without a valid token is refused at every address, and nothing changes",
  () =>
    rolledBack(async (tx) => {
      const { unknown } = await callers(tx);
      expect(unknown["a client's"]).toMatch(/^ey/);
      expect(unknown["a client's to register with"]).toMatch(/^gh_cli_/);
      const before = await stored(tx);
      let asked = 0;
      for (const [who, token] of Object.entries(unknown)) {
        const ask = programWith(tx, token);
        for (const operation of describedOperations) {
          const { address, body, headers } = exampleRequest(operation);
          const cookie: Record<string, string> =
            who === "nobody" ? { cookie: "next-auth.session-token=of-somebody" } : {};
          const answer = await ask(operation.method, address, { body, headers: { ...headers, ...cookie } });
          expect([who, operation.method, address, answer.status]).toEqual([who, operation.method, address, 401]);
          expectDescribed(operation, answer);
          expect(JSON.stringify(answer.body)).not.toMatch(ofPeople);
          asked += 1;
        }
      }
      expect(await stored(tx)).toEqual(before);
      tell("Addresses asked without a token that works", { requests: asked });
    }),
  120_000,
);

test(
  "R11: at every address, what is out of sight is answered as what is not there, and what is refused changes nothing",
  () =>
    rolledBack(async (tx) => {
      const { known } = await callers(tx);
      const account = programWith(tx, known["a service account's"]);
      expect(known["a service account's"]).toMatch(/^gh_svc_/);
      expect((await account("GET", "/users")).body.items).toMatchObject([{ username: "below" }]);
      let [asked, alike, refused] = [0, 0, 0];
      for (const [who, token] of Object.entries(known)) {
        const ask = programWith(tx, token);
        const sees = async (address: string) => (await ask("GET", address)).status === 200;
        const seesUser = await sees(`/users/${exampleIds.user}`);
        const inSight: Record<string, boolean> = {
          users: seesUser,
          sessions: seesUser,
          tokens: seesUser,
          clients: await sees(`/clients/${exampleIds.client}`),
          groups: await sees(`/groups/${exampleIds.group}`),
          roles: await sees(`/roles/${exampleIds.role}`),
        };
        for (const operation of describedOperations) {
          const {
            address,
            body,
            headers: { "Idempotency-Key": _, ...headers },
          } = exampleRequest(operation);
          const { method } = operation;
          for (const query of method === "GET" ? [""] : ["?dryRun=true", ""]) {
            const at = `${who}: ${method} ${address}${query}`;
            const try_ = (to: string, sent: unknown) =>
              takenBack(tx, async () => {
                const before = await stored(tx);
                const answer = await ask(method, `${to}${query}`, { body: sent, headers });
                if (method !== "GET" && (answer.status >= 400 || query !== ""))
                  expect(await stored(tx), `${at} changed something`).toEqual(before);
                asked += 1;
                if (answer.status >= 400) refused += 1;
                expectDescribed(operation, answer);
                return answer;
              });
            const there = await try_(address, body);
            const missing = await try_(toNothing(address), body && JSON.parse(toNothing(JSON.stringify(body))));
            const noun = address.split("/")[1] ?? "";
            if (address.includes("01920000")) expect([400, 403, 404], at).toContain(missing.status);
            if (inSight[noun] === false && address.includes("01920000")) {
              expect(read(there), at).toBe(read(missing));
              alike += 1;
            }
            const said = JSON.stringify(there.body);
            if (!seesUser) expect(said, at).not.toMatch(ofPeople);
            if (!inSight.groups) expect(said, at).not.toMatch(ofGroups);
            for (const { name, schema, example } of operation.parameters.filter((one) => one.in === "query")) {
              if (seesUser || !JSON.stringify([schema, example]).includes("01920000")) continue;
              const asking = (id: unknown) =>
                ask(method, `${address}?${name}=${encodeURIComponent(String([id].flat()[0]))}`);
              const [of, nobody] = [await asking(example), await asking(toNothing(String([example].flat()[0])))];
              expect(read(of), `${at} ${name}`).toBe(read(nobody));
              alike += 1;
            }
            const held = needs(operation);
            if (who === "an administrator's of one operation" && held !== null && held !== "group.read")
              expect([403, 404], at).toContain(there.status);
          }
        }
      }
      expect(alike).toBeGreaterThan(60);
      tell("Every address by tokens of seven kinds", { requests: asked, refused, "alike to nothing": alike });
    }),
  300_000,
);

/** Lee, who holds what there is to hold over the people below and over own groups, with somebody and something of each there. */
async function limitedWriter(tx: Tx) {
  const { ada, lee, eve } = await exampleWorld(tx);
  const [role] = await tx.insert(roles).values({ name: "Team", nameKey: "team", kind: "additional" }).returning();
  if (!role) throw new Error("The role was not stored");
  const carried = operationKeys.filter(fitsOnToken).flatMap((operation) => {
    const { scopes } = operationOf(operation);
    const limited = scopes.filter((scope) => scope === "reports" || scope === "owned_groups");
    const held = limited.length > 0 || operation === "user.read" ? limited : scopes.filter((scope) => scope === "all");
    return held.map((scope) => ({ roleId: role.id, operation, scope }));
  });
  await tx.insert(roleOperations).values(carried);
  await tx.insert(userRoles).values({ userId: lee.id, roleId: role.id });
  const administrator = await programOf(tx, ada);
  const own = await administrator("POST", "/groups", { body: { name: "Own", ownerId: lee.id } });
  const client = await administrator("POST", `/users/${eve.id}/clients`, { body: { name: "own" } });
  const inSight: [string, string][] = [
    [exampleIds.user, eve.id],
    [exampleIds.group, own.body.id],
    [exampleIds.client, client.body.clientId],
  ];
  return { ask: await programOf(tx, lee), inSight };
}

test(
  "R11: what a body names out of sight is answered as what is not there",
  () =>
    rolledBack(async (tx) => {
      const { ask, inSight } = await limitedWriter(tx);
      expect((await ask("GET", `/users/${exampleIds.user}`)).status).toBe(404);
      const near = (text: string) => inSight.reduce((shown, [from, to]) => shown.replaceAll(from, to), text);
      let [asked, done] = [0, 0];
      for (const operation of describedOperations.filter(({ requestBody }) => requestBody)) {
        const {
          address,
          body,
          headers: { "Idempotency-Key": _, ...headers },
        } = exampleRequest(operation);
        const [media] = Object.values(operation.requestBody?.content ?? {});
        const properties = (media?.schema.properties ?? {}) as Record<string, Schema>;
        for (const [name, schema] of Object.entries(properties)) {
          if (!JSON.stringify(schema).includes('"uuid"')) continue;
          const far = exampleOf(schema, operation.tags[0] ?? "", name);
          const send = (value: unknown, query: string) =>
            takenBack(tx, () => {
              const sent = { ...JSON.parse(near(JSON.stringify(body))), [name]: value };
              return ask(operation.method, `${near(address)}${query}`, { body: sent, headers });
            });
          for (const query of ["?dryRun=true", ""]) {
            const at = `${operation.method} ${near(address)}${query} ${name}`;
            const there = await send(far, query);
            const missing = await send(JSON.parse(toNothing(JSON.stringify(far))), query);
            expectDescribed(operation, there);
            if (!/[rR]ole|combinesWith/.test(name)) expect(read(there), at).toBe(read(missing));
            expect(JSON.stringify(there.body), at).not.toMatch(ofPeople);
            asked += 2;
            if (there.status < 300) done += 1;
          }
        }
      }
      tell("Bodies that name what is out of sight", { requests: asked, done });
      expect(asked).toBeGreaterThan(30);
    }),
  120_000,
);
