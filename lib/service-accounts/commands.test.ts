import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { mails, roleOperations, serviceAccounts, userRoles, type users } from "@/db/schema";
import { type AccountStatus, accountStatusCondition, accountStatuses } from "@/lib/authz/service-account-status";
import { createContext, type Person } from "@/lib/context";
import { searchAccountOwners } from "@/lib/people/pickers";
import { createRole } from "@/lib/roles/commands/create";
import { deleteRole } from "@/lib/roles/commands/delete";
import { createAccount } from "@/lib/service-accounts/commands/create";
import { issueAccountToken } from "@/lib/service-accounts/commands/issue-token";
import { disableAccount, enableAccount } from "@/lib/service-accounts/commands/state";
import { updateAccount } from "@/lib/service-accounts/commands/update";
import { readAccountFilters } from "@/lib/service-accounts/filters";
import { listAccounts } from "@/lib/service-accounts/list";
import { getAccount, openAccountTokens, ownAccounts } from "@/lib/service-accounts/queries";
import { company, refused, wrongField } from "@/lib/testing/company";
import { as, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { regenerateToken, revokeAccessToken } from "@/lib/tokens/commands";

const plain = readAccountFilters({}).filters;

async function stage(tx: Tx) {
  const people = await company(tx);
  const auditor = await roleNamed(tx, "Auditor");
  const acting = await as(tx, people.ada);
  const { id } = await createAccount(acting, { name: "Nightly", ownerId: people.ada.id, roleIds: [auditor.id] });
  const proven = async (person: { id: string }) => createContext(tx, (await as(tx, person)).actor as Person);
  return { ...people, auditor, acting, id, proven };
}

test("it is created with an owner and roles, and the event says so", () =>
  rolledBack(async (tx) => {
    const { acting, id, ada } = await stage(tx);
    const event = await lastEvent(tx);
    expect(event).toMatchObject({ operation: "service_account.create", targetKind: "service_account", targetId: id });
    expect(event.personId).toBe(ada.id);
    expect(event.values).toMatchObject({
      "change.roles": [null, ["Auditor"]],
      "change.owner": [null, `user:${ada.id}`],
    });
    const { rows } = await listAccounts(acting, plain);
    expect(rows).toMatchObject([{ id, name: "Nightly", status: "working", reason: null, tokens: 0, lastUsedAt: null }]);
  }));

test("refused: a name that is taken, a primary role, an owner who is disabled or out of sight, another's version", () =>
  rolledBack(async (tx) => {
    const { acting, id, ada, lee, eve, sam, proven } = await stage(tx);
    const wanted = { name: "Other", ownerId: ada.id, roleIds: [] };
    await expect(createAccount(acting, { ...wanted, name: "NIGHTLY" })).rejects.toEqual(
      wrongField("name", /already in use/),
    );
    const engineer = await roleNamed(tx, "Quality Engineer");
    await expect(createAccount(acting, { ...wanted, roleIds: [engineer.id] })).rejects.toEqual(
      wrongField("roleIds", /is a primary role/),
    );
    const dan = await makeUser(tx, { firstName: "Dan", status: "disabled" });
    await expect(createAccount(acting, { ...wanted, ownerId: dan.id })).rejects.toEqual(
      wrongField("ownerId", /Dan Person is disabled and cannot own a service account/),
    );
    for (const { id: ownerId } of [sam, eve])
      await expect(createAccount(await proven(lee), { ...wanted, ownerId })).rejects.toEqual(refused("forbidden"));
    const lead = await roleNamed(tx, "Quality Lead");
    await tx
      .insert(roleOperations)
      .values({ roleId: lead.id, operation: "service_account.create", scope: "reports" as const });
    await expect(createAccount(await proven(lee), { ...wanted, ownerId: sam.id })).rejects.toEqual(
      wrongField("ownerId", /have access to it/),
    );
    await expect(updateAccount(acting, { ...wanted, id, version: 7 })).rejects.toEqual(refused("conflict"));
    await expect(getAccount(await as(tx, lee), id)).rejects.toEqual(refused("not_found"));
  }));

test("it is edited, handed on, disabled and enabled; a second click is no change", () =>
  rolledBack(async (tx) => {
    const { acting, id, auditor, sam, ada } = await stage(tx);
    const saved = await updateAccount(acting, {
      id,
      version: 1,
      name: "Nights",
      ownerId: sam.id,
      roleIds: [auditor.id],
    });
    expect(saved).toEqual({ id, version: 2, inSight: true });
    expect((await lastEvent(tx)).values).toMatchObject({
      "change.name": ["Nightly", "Nights"],
      "change.owner": [`user:${ada.id}`, `user:${sam.id}`],
    });
    const detail = await getAccount(acting, id);
    expect(detail.roles).toMatchObject([{ name: "Auditor", reason: "Gives nothing: Sam Person could not grant it." }]);
    expect(detail.idle).toBe('Its role "Auditor" gives nothing: Sam Person could not grant it.');
    await disableAccount(acting, { id });
    expect(await lastEvent(tx)).toMatchObject({ operation: "service_account.disable" });
    expect((await getAccount(acting, id)).status).toBe("disabled");
    const seen = await disableAccount(acting, { id });
    expect(seen).toEqual({ id, version: 3 });
    await expect(enableAccount(acting, { id, version: 2 })).rejects.toMatchObject({ code: "conflict" });
    await enableAccount(acting, seen);
    await enableAccount(acting, { id });
    expect((await getAccount(acting, id)).version).toBe(4);
    await updateAccount(acting, { id, version: 4, name: "Nights", ownerId: sam.id, roleIds: [] });
    expect((await getAccount(acting, id)).roles).toEqual([]);
  }));

test("its owner sees it and makes tokens, whose events are shown at the account; the owner is notified of others' tokens", () =>
  rolledBack(async (tx) => {
    const { acting, id, ada, sam, auditor, proven } = await stage(tx);
    await updateAccount(acting, { id, version: 1, name: "Nightly", ownerId: sam.id, roleIds: [auditor.id] });
    const own = await proven(sam);
    expect(await ownAccounts(own)).toMatchObject([{ id, status: "working" }]);
    expect((await getAccount(own, id)).abilities["service_account.update"].ok).toBe(false);
    const wanted = { id, name: "ci", operations: ["user.read"], days: 7 };
    await expect(issueAccountToken(own, wanted)).rejects.toEqual(wrongField("operations", /cannot carry user.read/));
    await updateAccount(acting, { id, version: 2, name: "Nightly", ownerId: ada.id, roleIds: [auditor.id] });
    const issued = await issueAccountToken(await proven(ada), wanted);
    const told = { targetKind: "service_account", targetId: id };
    expect(await lastEvent(tx)).toMatchObject({ operation: "service_account.issue_token", ...told });
    await expect(issueAccountToken(await proven(ada), wanted)).rejects.toEqual(wrongField("name", /already a token/));
    const next = await regenerateToken(await proven(ada), { id: issued.id, days: 7, overlapHours: 1 });
    expect(next).toMatchObject({ serviceAccountId: id, userId: null, name: "ci" });
    expect(await lastEvent(tx)).toMatchObject({ operation: "token.regenerate", ...told });
    expect(await revokeAccessToken(acting, { id: next.id })).toEqual({ userId: null, serviceAccountId: id });
    expect(await lastEvent(tx)).toMatchObject({ operation: "token.revoke", ...told });
    const board = await openAccountTokens(acting, await getAccount(acting, id), {});
    expect(board?.page.rows.map(({ name, status, prefix }) => [name, status, prefix])).toEqual([
      ["ci", "replaced", "gh_svc_"],
      ["ci", "revoked", "gh_svc_"],
    ]);
    await expect(revokeAccessToken(await proven(sam), { id: issued.id })).rejects.toEqual(refused("not_found"));
    expect((await tx.select().from(mails)).length).toBe(0);
  }));

test("R11: an actor who reaches some people sees their accounts alone, in the list, its number, its filters and by id", () =>
  rolledBack(async (tx) => {
    const { acting, id, lee, eve, sam } = await stage(tx);
    const made = [];
    for (const owner of [eve, sam])
      made.push(await createAccount(acting, { name: `Of ${owner.firstName}`, ownerId: owner.id, roleIds: [] }));
    const lead = await roleNamed(tx, "Quality Lead");
    await tx.insert(roleOperations).values({ roleId: lead.id, operation: "service_account.read", scope: "reports" });
    const ctx = await as(tx, lee);
    const page = await listAccounts(ctx, plain);
    expect([page.rows.map(({ name }) => name), page.total.value]).toEqual([["Of Eve"], 1]);
    expect((await listAccounts(ctx, { ...plain, owner: [sam.id] })).rows).toEqual([]);
    expect(await searchAccountOwners(ctx, "")).toMatchObject([{ id: eve.id }]);
    expect((await getAccount(ctx, made[0]!.id)).name).toBe("Of Eve");
    for (const hidden of [made[1]!.id, id, crypto.randomUUID()])
      await expect(getAccount(ctx, hidden)).rejects.toEqual(refused("not_found"));
  }));

test("R11: the page of its tokens sends the browser nothing about an owner who is out of sight", () =>
  rolledBack(async (tx) => {
    const { ada, quinn, lee } = await company(tx);
    const { id } = await createAccount(await as(tx, ada), { name: "Robot", ownerId: quinn.id, roleIds: [] });
    const operations = ["service_account.read", "token.read"].map((operation) => ({
      operation,
      scope: "all" as const,
    }));
    const form = {
      kind: "additional" as const,
      name: "Reader",
      description: "",
      rank: null,
      combinesWith: [],
      operations,
    };
    const role = await createRole(await as(tx, ada), form);
    await tx.insert(userRoles).values({ userId: lee.id, roleId: role.id });
    const ctx = await as(tx, lee);
    const board = await openAccountTokens(ctx, await getAccount(ctx, id), {});
    expect(board?.holder).toEqual({ id, name: "Robot", account: true });
    expect(JSON.stringify(board)).not.toContain(quinn.id);
  }));

test("R3: a role that it has cannot be deleted, and the refusal says so", () =>
  rolledBack(async (tx) => {
    const { acting, auditor } = await stage(tx);
    await expect(deleteRole(acting, { id: auditor.id })).rejects.toEqual(
      refused("precondition", /given to 1 service account/),
    );
  }));

test("T6: the state of an account as one condition and one function, in every state of its owner", () =>
  rolledBack(async (tx) => {
    const { acting, ada, id } = await stage(tx);
    const past = new Date(Date.now() - 1000);
    const states: [AccountStatus, Partial<typeof users.$inferInsert> | null][] = [
      ["working", {}],
      ["working", { lockedAt: past }],
      ["paused", { status: "invited" }],
      ["paused", { status: "disabled" }],
      ["working", { status: "disabled", statusBeforeDisable: "active", disabledUntil: past }],
      ["paused", { accessEndsAt: past }],
      ["stopped", { status: "archived" }],
      ["stopped", null],
    ];
    for (const [expected, owner] of states)
      for (const disabledAt of [null, past]) {
        const ownerId = owner && (await makeUser(tx, owner)).id;
        await tx.update(serviceAccounts).set({ ownerId, disabledAt }).where(eq(serviceAccounts.id, id));
        const wanted = disabledAt && expected !== "stopped" ? "disabled" : expected;
        const { status, reason } = await getAccount(acting, id);
        expect(status).toBe(wanted);
        expect(reason === null).toBe(wanted === "working");
        for (const one of accountStatuses)
          expect(await tx.$count(serviceAccounts, accountStatusCondition(one, new Date())), one).toBe(
            Number(one === wanted),
          );
      }
    expect(ada.id).toBeTruthy();
  }));
