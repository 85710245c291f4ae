import { eq } from "drizzle-orm";
import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { clients, roleOperations, roles, sessions, userRoles, users } from "@/db/schema";
import { findActivity } from "@/lib/audit-log/activity";
import { noAuditFilters } from "@/lib/audit-log/filters";
import { cookieName, encryptSessionId } from "@/lib/auth/cookie";
import { currentCtx, ownCtx, requireOperation, requireOwnAccount } from "@/lib/auth/current";
import { gate } from "@/lib/auth/gate";
import { findSession } from "@/lib/auth/session";
import { stagedCtx } from "@/lib/auth/staged";
import type { Ctx, Person } from "@/lib/context";
import { verifySession } from "@/lib/factors/commands/verify";
import { needsAttention } from "@/lib/home/attention";
import { getStarted } from "@/lib/home/get-started";
import { homeNumbers } from "@/lib/home/queries";
import { servedLists } from "@/lib/list-registry";
import { openScreens } from "@/lib/shell/navigation";
import { searchConsole } from "@/lib/shell/search";
import { company, refused } from "@/lib/testing/company";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { takeForOwn } from "@/lib/testing/process-database";
import { disableUser } from "@/lib/users/commands/disable";
import { stopViewing, viewAs } from "@/lib/users/commands/view-as";
import { userList } from "@/lib/users/filters";
import { getUser } from "@/lib/users/queries";
import { createView } from "@/lib/views/commands";
import { openViews } from "@/lib/views/open";

const asked = vi.hoisted(() => ({ cookie: "" }));
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: () => ({ value: asked.cookie }) }),
  headers: async () => new Headers(),
}));
vi.mock("next/navigation", () => ({
  redirect: (path: string) => {
    throw new Error(`to ${path}`);
  },
  forbidden: () => {
    throw new Error("no access");
  },
}));

beforeEach(() => {
  asked.cookie = "";
});

type One = { id: string };

/** Signs this browser in. Returns the id of the session. */
async function signIn(tx: Tx, person: One, more: Partial<typeof sessions.$inferInsert> = {}): Promise<string> {
  const id = newId();
  const endsAt = new Date(Date.now() + 3_600_000);
  await tx.insert(sessions).values({ id, userId: person.id, address: "::1", agent: "test", endsAt, ...more });
  asked.cookie = await encryptSessionId(id);
  return id;
}

/** A request of this browser, as far as the outer wall answers it. */
async function ask(path: string, { method = "GET", headers = {} as Record<string, string> } = {}): Promise<Response> {
  const cookie = `${cookieName()}=${asked.cookie}`;
  return gate(new NextRequest(`http://localhost${path}`, { method, headers: { cookie, ...headers } }), new Headers());
}

const stored = async (tx: Tx, id: string) => (await tx.select().from(sessions).where(eq(sessions.id, id)))[0];

/** Ada, who views as Lee in the session of this browser. Bob is an administrator as well. */
async function view(tx: Tx) {
  takeForOwn(tx);
  const people = await company(tx);
  const bob = await makeUser(tx, { username: "bob", primaryRole: "Quality Manager", roles: ["Admin"] });
  const sid = await signIn(tx, people.ada);
  await viewAs(await currentCtx(), { id: people.lee.id });
  return { ...people, bob, sid };
}

/** Lets somebody view as others. Returns the way to let them do more. */
async function supporting(tx: Tx, person: One) {
  const [role] = await tx.insert(roles).values({ name: "Support", nameKey: "support", kind: "additional" }).returning();
  const give = (operation: string) => tx.insert(roleOperations).values({ roleId: role!.id, operation, scope: "all" });
  await give("user.view_as");
  await give("user.read");
  await tx.insert(userRoles).values({ userId: person.id, roleId: role!.id });
  return give;
}

describe("R16: in a view", () => {
  test("what is read is what that person reads; the actor of the log is the one who views", () =>
    rolledBack(async (tx) => {
      const { ada, lee, eve, quinn } = await view(tx);
      const ctx = await currentCtx();
      expect(ctx.actor).toMatchObject({ id: ada.id, viewing: { personId: lee.id, name: "Lee Lead" } });
      const theirs = await as(tx, lee, ctx.now);
      for (const who of [ada, lee])
        await createView(await as(tx, who), {
          list: "users",
          name: who.firstName,
          query: "status=invited",
          shared: false,
        });
      const lists = { users: servedLists.users, groups: servedLists.groups, clients: servedLists.allClients };
      const whole = { ...lists, activeUsers: servedLists.activeUsers, accounts: servedLists.serviceAccounts };
      const readings: Record<string, (of: Ctx<Person>) => Promise<unknown>> = {
        ...Object.fromEntries(
          Object.entries(whole).map(([name, list]) => [
            name,
            (of: Ctx<Person>) => list.page(of, list.list.usual as never, undefined as never),
          ]),
        ),
        events: (of) => servedLists.events.page(of, noAuditFilters, { zone: "UTC" }),
        views: (of) => openViews(of, userList, {}).views,
        search: (of) => searchConsole(of, "e"),
        home: async (of) => [await homeNumbers(of), await needsAttention(of), await getStarted(of)],
        screens: async (of) => openScreens(of.actor.access),
        user: (of) => getUser(of, eve.id),
      };
      const settled = async (read: Promise<unknown>) => JSON.stringify(await read.catch((error: Error) => `${error}`));
      for (const [name, read] of Object.entries(readings))
        expect(await settled(read(ctx)), name).toBe(await settled(read(theirs)));
      await expect(getUser(ctx, quinn.id)).rejects.toEqual(refused("not_found"));
      await expect(requireOperation("role.create")).rejects.toThrow("no access");
      await expect(requireOperation("user.read")).resolves.toMatchObject({ actor: { id: ada.id } });
    }));

  test("the wall opens what that person may open", () =>
    rolledBack(async (tx) => {
      const { ada, eve, lee } = await view(tx);
      const address = "x-middleware-rewrite";
      expect((await ask("/admin/users")).headers.get(address)).toBeNull();
      await stopViewing(await ownCtx(), {});
      await viewAs(await ownCtx(), { id: eve.id });
      expect((await ask("/admin/users")).headers.get(address)).toMatch(/\/no-access$/);
      await stopViewing(await ownCtx(), {});
      expect((await ask("/admin/users")).headers.get(address)).toBeNull();
      expect((await currentCtx()).actor).toMatchObject({ id: ada.id, access: { personId: ada.id } });
      expect(lee.id).not.toBe(ada.id);
    }));

  test("one's own account is no part of it", () =>
    rolledBack(async (tx) => {
      const { lee } = await view(tx);
      await expect(requireOwnAccount()).rejects.toThrow("to /viewing");
      const found = await findActivity(await currentCtx(), lee.id, { filters: noAuditFilters, zone: "UTC" });
      expect(found?.page ?? null).toBeNull();
    }));

  test("nothing is done: no change, no view within it, no proof of who one is, not even to the one who views", () =>
    rolledBack(async (tx) => {
      const { ada, eve, sid } = await view(tx);
      const readOnly = refused("precondition", /^You're viewing as Lee Lead\. Stop viewing/);
      const before = await stored(tx, sid);
      for (const ctx of [await currentCtx(), await stagedCtx("open"), await requireOperation("user.read")]) {
        await expect(disableUser(ctx, { id: eve.id, reason: "Tried", until: null })).rejects.toEqual(readOnly);
        await expect(viewAs(ctx, { id: eve.id })).rejects.toEqual(readOnly);
        await expect(stopViewing(ctx, {})).rejects.toEqual(readOnly);
        await expect(verifySession(ctx, { by: "password", password: "x" } as never)).rejects.toEqual(readOnly);
      }
      expect(await stored(tx, sid)).toEqual(before);
      expect((await tx.select().from(users).where(eq(users.id, eve.id)))[0]?.status).toBe("active");
      expect(ada.id).toBe(before?.userId);
    }));

  test("what somebody holds for their own account alone is shown to viewers who hold it for everyone", () =>
    rolledBack(async (tx) => {
      takeForOwn(tx);
      const { sam, eve } = await company(tx);
      await tx.insert(clients).values({
        ...{ id: newId(), userId: eve.id, name: "eve-laptop", nameKey: "eve-laptop", search: " eve-laptop" },
        ...{ status: "registered", awaiting: false, tokenPrefix: "gh_cli_", tokenLastFour: "x7Qd" },
        tokenExpiresAt: new Date(),
      });
      const give = await supporting(tx, sam);
      await signIn(tx, sam);
      await viewAs(await currentCtx(), { id: eve.id });
      const found = async () => (await searchConsole(await currentCtx(), "eve-laptop")).map(({ kind }) => kind);
      expect((await currentCtx()).actor.access.personId).toBe(eve.id);
      expect(await found()).toEqual([]);
      await give("client.read");
      expect(await found()).toEqual(["clients"]);
    }));

  test("a session elsewhere is its own person's", () =>
    rolledBack(async (tx) => {
      const { ada, lee } = await view(tx);
      await signIn(tx, ada);
      expect((await currentCtx()).actor).toMatchObject({ access: { personId: ada.id }, viewing: undefined });
      await signIn(tx, lee);
      expect((await currentCtx()).actor).toMatchObject({ id: lee.id, viewing: undefined });
    }));
});

type World = Awaited<ReturnType<typeof view>>;

/** What ends a view, and how that is undone. */
const ends: Record<
  string,
  [end: (tx: Tx, on: World) => Promise<unknown>, undo: (tx: Tx, on: World) => Promise<unknown>]
> = {
  "the operation is taken away": [
    async (tx, { ada }) => tx.delete(userRoles).where(eq(userRoles.userId, ada.id)),
    async (tx, { ada }) => tx.insert(userRoles).values({ userId: ada.id, roleId: (await roleNamed(tx, "Admin")).id }),
  ],
  "the viewer's administration comes to an end": [
    (tx, { ada }) =>
      tx
        .update(userRoles)
        .set({ endsAt: new Date(Date.now() - 1000) })
        .where(eq(userRoles.userId, ada.id)),
    (tx, { ada }) => tx.update(userRoles).set({ endsAt: null }).where(eq(userRoles.userId, ada.id)),
  ],
  "the one who is viewed is disabled": [
    async (tx, { bob, lee }) => disableUser(await as(tx, bob), { id: lee.id, reason: "Left", until: null }),
    (tx, { lee }) => tx.update(users).set({ status: "active" }).where(eq(users.id, lee.id)),
  ],
  "the one who is viewed is archived": [
    (tx, { lee }) =>
      tx.update(users).set({ status: "archived", statusBeforeArchive: "active" }).where(eq(users.id, lee.id)),
    (tx, { lee }) => tx.update(users).set({ status: "active" }).where(eq(users.id, lee.id)),
  ],
  "the access of the one who is viewed has ended": [
    (tx, { lee }) =>
      tx
        .update(users)
        .set({ accessEndsAt: new Date(Date.now() - 1000) })
        .where(eq(users.id, lee.id)),
    (tx, { lee }) => tx.update(users).set({ accessEndsAt: null }).where(eq(users.id, lee.id)),
  ],
  "half an hour has passed": [
    (tx, { sid }) =>
      tx
        .update(sessions)
        .set({ viewingUntil: new Date(Date.now() - 1) })
        .where(eq(sessions.id, sid)),
    async () => undefined,
  ],
};

/** It is over for whatever the browser asks, and stays over. */
async function expectOver(tx: Tx, { sid, viewer }: { sid: string; viewer: One }, undo: () => Promise<unknown>) {
  const over = refused("precondition", /not viewing as somebody else any more/);
  // What was pressed in the view is done for nobody.
  expect((await ask("/admin/users", { method: "POST", headers: { "next-action": "x" } })).status).toBe(200);
  await expect(currentCtx()).rejects.toEqual(over);
  await expect(stagedCtx("open")).rejects.toEqual(over);
  // A part of a page is not loaded either into a frame that shows what is no longer true.
  expect((await ask("/admin/users", { headers: { accept: "*/*" } })).status).toBe(409);
  expect((await stored(tx, sid))?.viewingId).not.toBeNull();
  // The next page is the viewer's own.
  expect((await ask("/account", { headers: { accept: "text/html,*/*;q=0.8" } })).status).toBe(200);
  expect(await stored(tx, sid)).toMatchObject({ viewingId: null, viewingUntil: null, endedAt: null });
  const own = { id: viewer.id, access: { personId: viewer.id }, viewing: undefined };
  expect((await currentCtx()).actor).toMatchObject(own);
  await undo();
  expect((await currentCtx()).actor).toMatchObject(own);
}

describe("R16: a view ends at once, and does not continue when what ended it is undone:", () => {
  test.each(Object.entries(ends))("%s", (_, [end, undo]) =>
    rolledBack(async (tx) => {
      const on = await view(tx);
      await end(tx, on);
      await expectOver(tx, { sid: on.sid, viewer: on.ada }, () => undo(tx, on));
    }),
  );

  test("the one who is viewed comes to hold what the viewer does not", () =>
    rolledBack(async (tx) => {
      takeForOwn(tx);
      const { sam, eve } = await company(tx);
      await supporting(tx, sam);
      const sid = await signIn(tx, sam);
      await viewAs(await currentCtx(), { id: eve.id });
      expect((await currentCtx()).actor.access.personId).toBe(eve.id);
      await tx.insert(userRoles).values({ userId: eve.id, roleId: (await roleNamed(tx, "Auditor")).id });
      await expectOver(tx, { sid, viewer: sam }, () => tx.delete(userRoles).where(eq(userRoles.userId, eve.id)));
    }));

  test("the viewer's session ends", () =>
    rolledBack(async (tx) => {
      const { sid } = await view(tx);
      await tx.update(sessions).set({ endedAt: new Date(), endedReason: "ended" }).where(eq(sessions.id, sid));
      await expect(currentCtx()).rejects.toEqual(refused("unauthenticated"));
      expect((await ask("/admin/users")).headers.get("location")).toMatch(/\/sign-in/);
      expect(await findSession(tx, sid, new Date())).toBeNull();
    }));
});
