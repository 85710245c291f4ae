import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import type { Scope } from "@/db/enums";
import {
  accessTokens,
  events,
  roleOperations,
  roles,
  serviceAccountRoles,
  serviceAccounts,
  userRoles,
  users,
} from "@/db/schema";
import { randomFrom } from "@/db/seed/random";
import { decideByScope, noRelation } from "@/lib/authz/evaluate";
import { mayGive } from "@/lib/authz/grants";
import { fitsOnToken } from "@/lib/authz/limit";
import { loadAccess } from "@/lib/authz/load";
import { endOf, holdingsOf } from "@/lib/authz/model";
import { loadAccountAccess } from "@/lib/authz/service-accounts";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { saveTransport } from "@/lib/mail/commands";
import { carriedKeys, operationOf } from "@/lib/operations";
import { resetPassword } from "@/lib/passwords/commands/reset";
import { createAccount } from "@/lib/service-accounts/commands/create";
import { deleteAccount } from "@/lib/service-accounts/commands/delete";
import { issueAccountToken } from "@/lib/service-accounts/commands/issue-token";
import { disableAccount, enableAccount } from "@/lib/service-accounts/commands/state";
import { updateAccount } from "@/lib/service-accounts/commands/update";
import { company, refused } from "@/lib/testing/company";
import { as, asNobody, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { takeForOwn } from "@/lib/testing/process-database";
import { rounds, seedOfRun } from "@/lib/testing/thorough";
import { asToken } from "@/lib/tokens/actor";
import { createToken, regenerateToken, revokeAccessToken } from "@/lib/tokens/commands";
import { openedByAccess } from "@/lib/tokens/wanted";
import { archiveUser } from "@/lib/users/commands/archive";
import { createUser } from "@/lib/users/commands/create";
import { disableUser, enableUser } from "@/lib/users/commands/disable";
import { restoreUser } from "@/lib/users/commands/restore";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";
import { getUser } from "@/lib/users/queries";

type Held = { operation: string; scope: Scope };
type Asking = Parameters<typeof createToken>[0];

const source = { address: "10.0.0.9", agent: "curl/8", requestId: "r-1" };
const unauthenticated = (problem: string) => ({ code: "unauthenticated", details: { problem } });

/** A company, an account of Lee's, and the ways to give it roles and to use it. */
async function stage(tx: Tx) {
  takeForOwn(tx);
  const people = await company(tx);
  const role = async (name: string, ...held: Held[]) => {
    const [made] = await tx.insert(roles).values({ name, nameKey: name.toLowerCase(), kind: "additional" }).returning();
    await tx.insert(roleOperations).values(held.map((one) => ({ roleId: made!.id, ...one })));
    return made!;
  };
  const all = (...operations: string[]): Held[] => operations.map((operation) => ({ operation, scope: "all" }));
  const give = (person: { id: string }, given: { id: string }) =>
    tx.insert(userRoles).values({ userId: person.id, roleId: given.id });
  const take = (person: { id: string }, given: { id: string }) =>
    tx.delete(userRoles).where(and(eq(userRoles.userId, person.id), eq(userRoles.roleId, given.id)));
  const account = async (owner: { id: string }, ...given: { id: string }[]) =>
    createAccount(await as(tx, people.ada), {
      name: `Robot ${newId()}`,
      ownerId: owner.id,
      roleIds: given.map(({ id }) => id),
    });
  const token = async (maker: { id: string }, { id }: { id: string }, operations: string[]) =>
    issueAccountToken(createContext(tx, (await as(tx, maker)).actor as Person), {
      ...{ id, name: "ci", operations, days: 30 },
    });
  const use = (text: string, at = new Date()) =>
    asToken(createContext(tx, asNobody(tx, source).actor, { source, now: () => at }), text);
  return { ...people, role, all, give, take, account, token, use };
}

const may = ({ actor }: Ctx, operation: "user.read" | "user.disable" | "role.read") =>
  decideByScope(actor.access, operation, noRelation).allowed;

test("T6: it does what its roles carry and its owner might grant at that moment, as far as the token carries it", () =>
  rolledBack(async (tx) => {
    const { ada, lee, role, all, give, take, account, token, use } = await stage(tx);
    const helper = await role("Helper", ...all("user.read", "user.disable", "role.read"));
    await give(lee, helper);
    const made = await account(lee, helper);
    const { token: text, id } = await token(ada, made, ["user.read", "user.disable"]);
    expect(text).toMatch(/^gh_svc_[0-9A-Za-z]{49}$/);
    const ctx = await use(text);
    expect([may(ctx, "user.read"), may(ctx, "user.disable"), may(ctx, "role.read")]).toEqual([true, true, false]);

    const dan = await makeUser(tx, { username: "dan", firstName: "Dan" });
    await disableUser(ctx, { id: dan.id, reason: "left", until: null });
    const [event] = await tx
      .select()
      .from(events)
      .where(and(eq(events.operation, "user.disable"), eq(events.outcome, "succeeded")));
    expect(event).toMatchObject({ actorKind: "service_account", actorId: made.id, tokenId: id, personId: dan.id });

    await take(lee, helper);
    expect(may(await use(text), "user.read")).toBe(false);
    await expect(enableUser(ctx, { id: dan.id })).rejects.toEqual(refused("not_found"));
    await give(lee, helper);
    expect(may(await use(text), "user.read")).toBe(true);
    await tx.delete(serviceAccountRoles).where(eq(serviceAccountRoles.serviceAccountId, made.id));
    expect(may(await use(text), "user.read")).toBe(false);
  }));

test("T6: it pauses while its owner is disabled or ended, stops when the owner is removed, and continues by itself", () =>
  rolledBack(async (tx) => {
    const { ada, lee, role, all, give, account, token, use } = await stage(tx);
    const helper = await role("Helper", ...all("user.read"));
    await give(lee, helper);
    const made = await account(lee, helper);
    const { token: text } = await token(lee, made, ["user.read"]);
    const ctx = await use(text);
    const acting = await as(tx, ada);
    await disableUser(acting, { id: lee.id, reason: "holiday", until: null });
    await expect(use(text)).rejects.toMatchObject(unauthenticated("service-account-paused"));
    await expect(ctx.actor.renew(tx, new Date())).rejects.toMatchObject(unauthenticated("service-account-paused"));
    await enableUser(acting, { id: lee.id });
    expect(may(await use(text), "user.read")).toBe(true);

    const ended = new Date(Date.now() - 1000);
    await tx.update(users).set({ accessEndsAt: ended }).where(eq(users.id, lee.id));
    await expect(use(text)).rejects.toMatchObject(unauthenticated("service-account-paused"));
    await tx.update(users).set({ accessEndsAt: null, lockedAt: new Date() }).where(eq(users.id, lee.id));
    expect(may(await use(text), "user.read")).toBe(true);

    await disableAccount(acting, { id: made.id });
    await expect(use(text)).rejects.toMatchObject(unauthenticated("service-account-disabled"));
    await enableAccount(acting, { id: made.id });
    expect(may(await use(text), "user.read")).toBe(true);

    // As where nobody could be asked for another owner.
    await tx.update(users).set({ status: "archived", statusBeforeArchive: "active" }).where(eq(users.id, lee.id));
    await expect(use(text)).rejects.toMatchObject(unauthenticated("service-account-stopped"));
    await tx.update(serviceAccounts).set({ ownerId: null }).where(eq(serviceAccounts.id, made.id));
    await expect(use(text)).rejects.toMatchObject(unauthenticated("service-account-stopped"));
    await expect(token(ada, made, ["user.read"])).rejects.toEqual(refused("precondition", /has stopped/));
    await tx.delete(serviceAccounts).where(eq(serviceAccounts.id, made.id));
    await expect(use(text)).rejects.toMatchObject(unauthenticated("unknown-token"));
  }));

test("U11, R14: it moves to the replacement and back, and never to an owner under whom it does what the actor could not give", () =>
  rolledBack(async (tx) => {
    const { ada, lee, sam, role, all, give, account, token, use } = await stage(tx);
    const helper = await role("Helper", ...all("user.read"));
    const strong = await role("Strong", ...all("user.disable"));
    await give(lee, helper);
    await give(sam, helper);
    const made = await account(lee, helper, strong);
    const { token: text } = await token(lee, made, ["user.read"]);
    const handing = (ownerId: string) => ({ id: lee.id, managerId: null, owners: [{ id: made.id, ownerId }] });

    const removing = await role(
      "Removing",
      ...all("user.archive", "user.read", "client.read", "service_account.update"),
    );
    const rea = await makeUser(tx, { username: "rea", primaryRole: "Quality Lead" });
    await give(rea, removing);
    const woken = refused("forbidden", /put "Strong" in force/);
    await expect(archiveUser(await as(tx, rea), handing(ada.id))).rejects.toEqual(woken);
    const form = { id: made.id, version: 1, name: "Robot", roleIds: [helper.id, strong.id] };
    await expect(updateAccount(await as(tx, rea), { ...form, ownerId: ada.id })).rejects.toEqual(refused("not_found"));
    await give(rea, await role("Seeing", ...all("service_account.read")));
    await expect(updateAccount(await as(tx, rea), { ...form, ownerId: ada.id })).rejects.toEqual(woken);

    await archiveUser(await as(tx, rea), handing(sam.id));
    expect(may(await use(text), "user.read"), "the token that its owner made keeps working under the replacement").toBe(
      true,
    );
    await restoreUser(await as(tx, ada), { id: lee.id, handBack: [made.id] });
    const [back] = await tx.select().from(serviceAccounts).where(eq(serviceAccounts.id, made.id));
    expect(back).toMatchObject({ ownerId: lee.id, version: 3 });
  }));

test("R15: a token that an earlier owner made does no more than both owners might grant", () =>
  rolledBack(async (tx) => {
    const { ada, lee, role, all, give, take, account, token, use } = await stage(tx);
    const helper = await role("Helper", ...all("user.read"));
    const strong = await role("Strong", ...all("user.disable"));
    for (const one of [helper, strong]) await give(lee, one);
    const made = await account(lee, helper, strong);
    const { token: lees } = await token(lee, made, ["user.read", "user.disable"]);
    await take(lee, strong);
    const roleIds = [helper.id, strong.id];
    await updateAccount(await as(tx, ada), { id: made.id, version: 1, name: "Robot", ownerId: ada.id, roleIds });
    await tx.update(accessTokens).set({ name: "earlier", nameKey: "earlier" });
    const { token: adas } = await token(ada, made, ["user.read", "user.disable"]);
    const [earlier, own] = [await use(lees), await use(adas)];
    expect([may(earlier, "user.read"), may(earlier, "user.disable")]).toEqual([true, false]);
    expect([may(own, "user.read"), may(own, "user.disable")]).toEqual([true, true]);
  }));

test("T1, R13, R15: it makes no tokens, acts on nobody above its owner, and what R15 names never works through it", () =>
  rolledBack(async (tx) => {
    const { ada, lee, eve, role, all, give, account, token, use } = await stage(tx);
    const admin = await roleNamed(tx, "Admin");
    const made = await account(ada, admin);
    const more = { id: made.id, name: "more", operations: ["user.read"], days: 1 };
    for (const wrong of ["token.issue", "service_account.issue_token", "factor.add", "mail.update", "account.update"])
      await expect(token(ada, made, ["user.read", wrong])).rejects.toEqual(refused("invalid"));
    const { token: text, id } = await token(ada, made, ["user.read", "user.update", "token.manage", "password.reset"]);
    const ctx = await use(text);
    const asPerson = ctx as unknown as Asking;
    await expect(issueAccountToken(asPerson, more)).rejects.toEqual(refused("forbidden"));
    await expect(createToken(asPerson, { name: "m", operations: ["user.read"], days: 1 })).rejects.toEqual(
      refused("forbidden"),
    );
    await expect(regenerateToken(asPerson, { id, days: 1, overlapHours: 0 })).rejects.toEqual(refused("forbidden"));
    await expect(saveTransport(ctx, transport)).rejects.toEqual(refused("forbidden"));

    // Lee's account may reset passwords; Eve comes to hold more than Lee, and Ada always did.
    const helper = await role("Helper", ...all("password.reset", "user.read"));
    await give(lee, helper);
    const robot = await account(lee, helper);
    const acting = await use((await token(lee, robot, ["password.reset", "user.read"])).token);
    await resetPassword(acting, { id: eve.id, way: "generate" });
    await give(eve, await role("More", ...all("user.purge")));
    for (const above of [eve, ada])
      await expect(resetPassword(acting, { id: above.id, way: "generate" })).rejects.toEqual(refused("forbidden"));
    expect((await getUser(acting, ada.id)).id).toBe(ada.id);
    await revokeAccessToken(ctx, { id });
    await expect(use(text)).rejects.toMatchObject(unauthenticated("token-revoked"));
  }));

test("R8, R2: it creates people, whose own account is nothing over others, and makes nobody an administrator", () =>
  rolledBack(async (tx) => {
    const { ada, eve, account, token, use } = await stage(tx);
    const [admin, engineer] = [await roleNamed(tx, "Admin"), await roleNamed(tx, "Quality Engineer")];
    const made = await account(ada, admin);
    const { access } = await loadAccountAccess(tx, { ownerId: ada.id, roleIds: [admin.id] }, new Date());
    const operations = [...openedByAccess(access)].filter(fitsOnToken);
    const ctx = await use((await token(ada, made, operations)).token);
    const nina = {
      username: "nina",
      email: "nina@y.example",
      firstName: "Nina",
      lastName: "",
      configuration: "default",
    };
    const given = { groupIds: [], managerId: null, mustChangePassword: true, notify: false, confirmPassword: "" };
    const person = { ...nina, ...given, credentials: "generate" as const, password: "", additionalRoleIds: [] };
    expect((await createUser(ctx, { ...person, primaryRoleId: engineer.id })).id).toMatch(/^[0-9a-f-]{36}$/);
    const other = { ...person, username: "olga", email: "olga@y.example", primaryRoleId: admin.id };
    await expect(createUser(ctx, other)).rejects.toEqual(refused("forbidden", /"Admin" carries/));
    const form = {
      ...(await getUser(ctx, eve.id)).form,
      id: eve.id,
      accessEndsAt: null,
      password: "",
      confirmPassword: "",
    };
    const { memberships: _, roleEnds: __, ...engineers } = form;
    await expect(updateUser(ctx, { ...engineers, additionalRoleIds: [admin.id] })).rejects.toEqual(
      refused("forbidden"),
    );
  }));

test("U16: it takes no administration from its owner, by whatever path, and does not disable or remove them", () =>
  rolledBack(async (tx) => {
    const { ada, quinn, account, token, use } = await stage(tx);
    const admin = await roleNamed(tx, "Admin");
    await tx.insert(userRoles).values({ userId: quinn.id, roleId: admin.id });
    const made = await account(ada, admin);
    const operations = ["user.read", "user.update", "user.disable", "user.archive"];
    const ctx = await use((await token(ada, made, operations)).token);
    const { memberships, roleEnds: _, ...stored } = (await getUser(ctx, ada.id)).form;
    const form = { ...stored, id: ada.id, accessEndsAt: null, password: "", confirmPassword: "" };
    const own = refused("precondition", /your own administration/);
    await expect(updateUser(ctx, { ...form, additionalRoleIds: [] })).rejects.toEqual(own);
    const roleEnds = [{ roleId: admin.id, endsAt: new Date(Date.now() + 86_400_000) }];
    const ending = { id: ada.id, version: stored.version, memberships: [], roleEnds };
    expect(memberships).toEqual([]);
    await expect(updateAccess(ctx, ending)).rejects.toEqual(own);
    await expect(disableUser(ctx, { id: ada.id, reason: "x", until: null })).rejects.toEqual(refused("precondition"));
    const owners = [{ id: made.id, ownerId: quinn.id }];
    await expect(archiveUser(ctx, { id: ada.id, owners, managerId: null })).rejects.toEqual(refused("precondition"));
  }));

test("self gives it nothing, reports and groups are the owner's, and only where the owner could grant that", () =>
  rolledBack(async (tx) => {
    const { ada, lee, eve, sam, role, account, token, use } = await stage(tx);
    const scoped = await role(
      "Scoped",
      { operation: "user.read", scope: "reports" },
      { operation: "session.read", scope: "self" },
    );
    const underAda = await account(ada, scoped);
    await tx.update(users).set({ managerId: ada.id }).where(eq(users.id, sam.id));
    const ctx = await use((await token(ada, underAda, ["user.read"])).token);
    expect((await getUser(ctx, sam.id)).id).toBe(sam.id);
    await expect(getUser(ctx, eve.id)).rejects.toEqual(refused("not_found"));
    await expect(getUser(ctx, ada.id)).rejects.toEqual(refused("not_found"));
    const { access } = await loadAccountAccess(tx, { ownerId: lee.id, roleIds: [scoped.id] }, new Date());
    expect(holdingsOf(access), "Lee holds it for reports, and could give it to nobody").toEqual([]);
  }));

test("R15: a token that somebody else made stops once its maker could not act on the owner any more", () =>
  rolledBack(async (tx) => {
    const { ada, lee, role, all, give, take, account, token, use } = await stage(tx);
    const admin = await roleNamed(tx, "Admin");
    const helper = await role("Helper", ...all("user.read"));
    await give(lee, helper);
    const made = await account(lee, helper);
    const { token: text } = await token(ada, made, ["user.read"]);
    await use(text);
    await take(ada, admin);
    await expect(use(text)).rejects.toMatchObject(unauthenticated("token-outgrown"));
    const [kept] = await tx.select().from(accessTokens).where(eq(accessTokens.serviceAccountId, made.id));
    expect(kept).toMatchObject({ byOwner: false, revokedAt: null });
  }));

test("deleting it ends its tokens, and the log says which", () =>
  rolledBack(async (tx) => {
    const { ada, lee, role, all, give, account, token, use } = await stage(tx);
    const helper = await role("Helper", ...all("user.read"));
    await give(lee, helper);
    const made = await account(lee, helper);
    const { token: text } = await token(lee, made, ["user.read"]);
    const acting = await as(tx, ada);
    await expect(deleteAccount(acting, { id: made.id, version: 9 })).rejects.toEqual(refused("conflict"));
    expect(await deleteAccount(acting, { id: made.id, version: 1 })).toMatchObject({ tokens: ["ci"] });
    await expect(use(text)).rejects.toMatchObject(unauthenticated("unknown-token"));
    expect((await lastEvent(tx)).values).toMatchObject({ "fact.tokens": ["ci"] });
  }));

const worlds = rounds(60, 2_000);

test(`T6: in ${worlds} drawn cases everything that it may do is something that its owner might give, for as long`, () =>
  rolledBack(async (tx) => {
    const random = randomFrom(seedOfRun());
    const { quinn, lee, role, give } = await stage(tx);
    const drawn = () =>
      Array.from({ length: random.between(1, 6) }, (): Held => {
        const operation = random.pick(carriedKeys);
        return { operation, scope: random.pick(operationOf(operation).scopes) };
      }).filter(
        (held, index, among) =>
          among.findIndex((one) => one.operation === held.operation && one.scope === held.scope) === index,
      );
    const made = [];
    for (let number = 0; number < 24; number++) made.push(await role(`Role ${number}`, ...drawn()));
    let given = 0;
    for (let world = 0; world < worlds; world++) {
      const owner = random.pick([quinn, lee]);
      await tx.delete(userRoles).where(eq(userRoles.userId, owner.id));
      for (const one of made)
        if (random.chance(0.4)) {
          await give(owner, one);
          if (random.chance(0.3))
            await tx
              .update(userRoles)
              .set({ endsAt: new Date(Date.now() + random.between(1, 5) * 86_400_000) })
              .where(and(eq(userRoles.userId, owner.id), eq(userRoles.roleId, one.id)));
        }
      const roleIds = made.filter(() => random.chance(0.5)).map(({ id }) => id);
      const at = new Date();
      const owners = await loadAccess(tx, owner.id, at);
      const { access } = await loadAccountAccess(tx, { ownerId: owner.id, roleIds }, at);
      for (const { operation, scope, role: through } of holdingsOf(access)) {
        given++;
        expect(scope, "nothing for the owner alone").not.toBe("self");
        const until = endOf(access, through);
        expect(mayGive(owners, through.name, [{ operation, scope }], until), `${operation} ${scope}`).toEqual({
          ok: true,
        });
      }
    }
    expect(given).toBeGreaterThan(worlds);
  }));

const transport = {
  host: "mail.northwind.example",
  port: 587,
  security: "starttls" as const,
  user: "",
  password: "",
  from: "Gatehouse <gatehouse@northwind.example>",
};
