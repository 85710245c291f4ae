import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import type { Scope } from "@/db/enums";
import { accessTokens, events, roleOperations, roles, settings, unknownProofs, users } from "@/db/schema";
import { describeEvent } from "@/lib/audit/describe";
import { plain } from "@/lib/audit/fields";
import { noAuditFilters } from "@/lib/audit-log/filters";
import { listEvents } from "@/lib/audit-log/queries";
import { type Credential, credentialOf } from "@/lib/client-tokens/bearer";
import { introspect } from "@/lib/client-tokens/introspect";
import { grantToken } from "@/lib/client-tokens/token";
import { disconnectClient, generateClient } from "@/lib/clients/commands";
import { registerClient } from "@/lib/clients/register";
import { oauthError } from "@/lib/http/oauth-error";
import { createAccount } from "@/lib/service-accounts/commands/create";
import { issueAccountToken } from "@/lib/service-accounts/commands/issue-token";
import { keepSigningKeys } from "@/lib/signing-keys/keep";
import { newKey, signAssertion, tokenForm } from "@/lib/testing/assertions";
import { company } from "@/lib/testing/company";
import { as, asNobody, asOperator, roleNamed, rolledBack } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { takeForOwn } from "@/lib/testing/process-database";
import { readingAlone } from "@/lib/testing/read-only";
import { createToken, revokeAccessToken } from "@/lib/tokens/commands";
import { flushUses } from "@/lib/tokens/last-use";
import { disableUser, enableUser } from "@/lib/users/commands/disable";

const source = { address: "10.20.4.31", agent: "service/1", requestId: "r-1" };
const inactive = { active: false };

/** A company with a client and a token of Eve's, and an account of Ada's by which a service asks. */
async function stage(tx: Tx) {
  takeForOwn(tx);
  const people = await company(tx);
  await keepSigningKeys(tx as unknown as Db, new Date());
  const key = await newKey();
  const clientOf = async (userId: string) => {
    const { clientId, token } = await generateClient(asOperator(tx), { userId, name: "rig" });
    await registerClient(asNobody(tx, source), {
      ...{ token, publicKey: key.publicKey as never, version: "1", platform: "Ubuntu 24.04" },
    });
    return clientId;
  };
  const tokenOf = async (clientId: string) =>
    (await grantToken(asNobody(tx, source), tokenForm(await signAssertion(key, clientId)))).access_token;
  const give = async (name: string, scope: Scope) => {
    const { id } = await roleNamed(tx, name);
    await tx.insert(roleOperations).values({ roleId: id, operation: "token.introspect", scope });
  };
  const service = async () => {
    const [role] = await tx
      .insert(roles)
      .values({ name: "Service", nameKey: "service", kind: "additional" })
      .returning();
    await give("Service", "all");
    const ada = await as(tx, people.ada);
    const { id } = await createAccount(ada, { name: "Shop", ownerId: people.ada.id, roleIds: [role!.id] });
    return (await issueAccountToken(ada, { id, name: "live", operations: ["token.introspect"], days: 30 })).token;
  };
  const own = async (person: { id: string }, operations: string[], days: number | null = 30) =>
    createToken(await as(tx, person), { name: `${operations.join(" ")} ${days}`, operations, days });
  const ask = (credential: Credential | null, token: string) =>
    introspect(asNobody(tx, source), credential, { token }) as Promise<Record<string, unknown>>;
  return { ...people, clientOf, tokenOf, give, service, own, ask };
}

const bearer = (token: string): Credential => ({ token, challenge: "Bearer" });
const basic = (password: string) =>
  credentialOf(new Headers({ authorization: `Basic ${Buffer.from(`any:${password}`).toString("base64")}` }));
const challengeOf = (error: unknown) => {
  const { status, headers } = oauthError(error, null);
  return [status, headers.get("www-authenticate")];
};

test("C12: a service asks about the tokens of clients, and each end shows at once", () =>
  rolledBack(async (tx) => {
    const { ada, eve, clientOf, tokenOf, service, ask } = await stage(tx);
    const [asking, clientId] = [await service(), await clientOf(eve.id)];
    const token = await tokenOf(clientId);
    const told = await ask(bearer(asking), token);
    expect(told).toMatchObject({
      ...{ active: true, sub: clientId, client_id: clientId, subject_type: "client" },
      ...{ user_id: eve.id, username: "eve", token_type: "Bearer" },
    });
    expect(Number(told.exp) - Number(told.iat)).toBe(600);
    for (const password of [asking, asking.replaceAll("_", "%5F")])
      expect(await ask(basic(password), token)).toEqual(told);

    const acting = await as(tx, ada);
    await disableUser(acting, { id: eve.id, reason: "holiday", until: null });
    expect(await ask(bearer(asking), token)).toEqual(inactive);
    await enableUser(acting, { id: eve.id });
    expect(await ask(bearer(asking), token)).toMatchObject({ active: true });
    await disconnectClient(acting, { id: clientId });
    expect(await ask(bearer(asking), token)).toEqual(inactive);
  }));

test("tokens of people and of service accounts say what they give at this moment, and are not used by it", () =>
  rolledBack(async (tx) => {
    const { ada, eve, service, own, ask } = await stage(tx);
    const asking = await service();
    const { id, token } = await own(ada, ["user.read", "group.read"]);
    expect(await ask(bearer(asking), token)).toMatchObject({
      ...{ active: true, sub: ada.id, subject_type: "user", user_id: ada.id, username: "ada", jti: id },
      ...{ scope: "user.read group.read", exp: expect.any(Number) },
      operations: [
        { operation: "user.read", scopes: ["all"] },
        { operation: "group.read", scopes: ["all"] },
      ],
    });
    await tx
      .update(users)
      .set({ accessEndsAt: new Date("2099-01-01T00:00:00Z") })
      .where(eq(users.id, ada.id));
    const lasting = await own(ada, ["user.read"], null);
    expect(await ask(bearer(asking), lasting.token)).toMatchObject({ exp: Date.UTC(2099, 0, 1) / 1000 });
    await tx.update(users).set({ accessEndsAt: null }).where(eq(users.id, ada.id));
    const itself = await ask(bearer(asking), asking);
    expect(itself).toMatchObject({ active: true, subject_type: "service_account", scope: "token.introspect" });
    expect(itself).not.toHaveProperty("username");
    await flushUses();
    const used = (await tx.select().from(accessTokens)).filter(({ lastUsedAt }) => lastUsedAt !== null);
    expect(used.map(({ name }) => name)).toEqual(["live"]);

    await revokeAccessToken(await as(tx, ada), { id });
    expect(await ask(bearer(asking), token)).toEqual(inactive);
    const eves = await own(eve, ["account.update"]);
    await disableUser(await as(tx, ada), { id: eve.id, reason: "left", until: null });
    for (const text of [eves.token, `${token}x`, "x", ""].filter(Boolean))
      expect(await ask(bearer(asking), text)).toEqual(inactive);
  }));

test("R11: who is out of the caller's reach has no token in force; without the operation nothing is revealed", () =>
  rolledBack(async (tx) => {
    const { lee, eve, sam, clientOf, tokenOf, give, own, ask } = await stage(tx);
    await give("Quality Lead", "reports");
    const [below, beside] = [await tokenOf(await clientOf(eve.id)), await tokenOf(await clientOf(sam.id))];
    const { token: asking } = await own(lee, ["token.introspect"]);
    expect(await ask(bearer(asking), below)).toMatchObject({ active: true, username: "eve" });
    expect(await ask(bearer(asking), beside)).toEqual(inactive);
    expect(await ask(bearer(asking), (await own(sam, ["account.update"])).token)).toEqual(inactive);

    const { token: team } = await own(eve, ["token.read"]);
    const seen = await ask(bearer(asking), team);
    expect(seen).toMatchObject({ active: true, operations: [{ operation: "token.read", scopes: ["self"] }] });
    expect(seen).not.toHaveProperty("scope");

    const { token: other } = await own(lee, ["user.read"]);
    const refusal = await ask(bearer(other), below).catch((error: unknown) => error);
    expect(challengeOf(refusal)).toEqual([403, 'Bearer realm="gatehouse", error="insufficient_scope"']);
    expect(await oauthError(refusal, null).json()).toMatchObject({ error: "insufficient_scope" });
  }));

test("L1: a token that may not check tokens leaves one event in a quarter of an hour, and two tokens one each", () =>
  rolledBack(async (tx) => {
    const { lee, eve, own, ask } = await stage(tx);
    const asked = (await own(eve, ["account.update"])).token;
    const [first, second] = [await own(lee, ["user.read"]), await own(lee, ["client.read"])];
    for (const { token } of [first, first, second])
      await expect(ask(bearer(token), asked)).rejects.toMatchObject({ code: "forbidden" });
    const written = await tx.select().from(events).where(eq(events.operation, "token.introspect"));
    expect(written.map(({ outcome, actorKind, actorId, tokenId }) => [outcome, actorKind, actorId, tokenId])).toEqual([
      ["refused", "token", lee.id, first.id],
      ["refused", "token", lee.id, second.id],
    ]);
    const query = { filters: { ...noAuditFilters, operation: ["token.introspect" as const] }, zone: "UTC" };
    const { rows } = await listEvents(asOperator(tx), query);
    expect(rows.map((event) => plain(describeEvent(event).sentence))).toContain(
      'Lee Lead by token user.read 30 tried to check a token and was refused: The token "user.read 30" does not carry "token.introspect", or its owner no longer holds it',
    );
  }));

test("who proves nothing is asked again in the way in which it tried", () =>
  rolledBack(async (tx) => {
    const { eve, clientOf, tokenOf, ask } = await stage(tx);
    const token = await tokenOf(await clientOf(eve.id));
    const unknown = `gh_svc_${"0".repeat(49)}`;
    const [asBasic, asBearer] = ['Basic realm="gatehouse"', 'Bearer realm="gatehouse"'];
    const header = (authorization: string) => credentialOf(new Headers({ authorization }));
    const cases: [Credential | null, string][] = [
      [basic(unknown), asBasic],
      [basic("mistyped"), asBasic],
      [basic(`${token}x`), asBasic],
      [bearer(unknown), `${asBearer}, error="invalid_token"`],
      [bearer("mistyped"), `${asBearer}, error="invalid_token"`],
      [null, asBasic],
      [header("Basic"), asBasic],
      [header("Basic !"), asBasic],
      [header("Basic YQ=="), asBasic],
      [header("Digest YTpi"), asBearer],
    ];
    for (const [credential, challenge] of cases) {
      const refusal = await ask(credential, token).catch((error: unknown) => error);
      expect([credential, ...challengeOf(refusal)]).toEqual([credential, 401, challenge]);
    }
    const both = introspect(asNobody(tx, source), bearer(unknown), { token, client_assertion: "a.b.c" });
    expect(challengeOf(await both.catch((error: unknown) => error))).toEqual([400, null]);
    const told = (await tx.select().from(unknownProofs)).map(({ operation, count }) => [operation, count]);
    expect(told).toEqual([["token.use", 4]]);
  }));

test("a service costs two queries: its token, and the one asked about", () =>
  withFreshDatabase("service_introspection", async (db, url) => {
    const { token, asking } = await db.transaction(async (tx) => {
      const { eve, clientOf, tokenOf, service } = await stage(tx);
      return { token: await tokenOf(await clientOf(eve.id)), asking: await service() };
    });
    const times = 5;
    await readingAlone(
      url,
      2 * times,
      async (tx) => {
        takeForOwn(tx);
        for (let time = 0; time < times; time++)
          expect(await introspect(asNobody(tx, source), bearer(asking), { token })).toMatchObject({ active: true });
      },
      // The keys and the roles, once; then two for each.
      2 * times + 2,
    );
  }));

test("P7: a service that asks too often learns when it can ask again, which says nothing of the token", () =>
  rolledBack(async (tx) => {
    const { service, own, ask, eve } = await stage(tx);
    await tx.insert(settings).values({ key: "tokens.requests", value: 10 });
    const by = { token: await service(), challenge: "Bearer" } as const;
    const { token } = await own(eve, ["client.read"]);
    let refusal: unknown = null;
    // A minute may turn once on the way, which begins the count again.
    for (let asked = 0; asked < 21 && !refusal; asked += 1)
      await ask(by, token).catch((error: unknown) => {
        refusal = error;
      });
    const answer = oauthError(refusal, "r-1");
    expect([answer.status, Number(answer.headers.get("retry-after"))]).toEqual([429, expect.any(Number)]);
    expect(await answer.json()).toMatchObject({
      error: "temporarily_unavailable",
      error_description: "This token was used more than 10 times within a minute.",
    });
  }));
