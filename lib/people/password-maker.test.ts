import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { identities, identityProviders, passkeys, passwords, sessions, userRoles, users } from "@/db/schema";
import { changePassword, setOwedPassword } from "@/lib/account/commands";
import { plain } from "@/lib/audit/fields";
import { personActor } from "@/lib/auth/person";
import { type Ctx, createContext } from "@/lib/context";
import { finishEnrolment } from "@/lib/factors/commands/enrol";
import { verifySession } from "@/lib/factors/commands/verify";
import { renewCodes } from "@/lib/factors/recovery-codes";
import { needsAttention } from "@/lib/home/attention";
import { redeemReset } from "@/lib/passwords/commands/redeem";
import { resetPassword } from "@/lib/passwords/commands/reset";
import { signIn } from "@/lib/sign-in/sign-in";
import { signInFailure } from "@/lib/sign-in/sign-in-failure";
import { startSession } from "@/lib/sign-in/start-session";
import { company, refused } from "@/lib/testing/company";
import { as, asNobody, asOperator, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { storeProvider } from "@/lib/testing/identity-providers";
import { tokenOf } from "@/lib/testing/mails";
import { createUser } from "@/lib/users/commands/create";
import { purgeUser } from "@/lib/users/commands/purge";
import { updateUser } from "@/lib/users/commands/update";
import { getUser } from "@/lib/users/queries";

const given = "seven lanterns over the harbour";
const chosen = "nine herons under the long bridge";

/** Hal helps people who hold no more than he does, while he is an administrator; Eve is an engineer. */
async function stage(tx: Tx) {
  const people = await company(tx);
  const hal = await makeUser(tx, {
    username: "hal",
    firstName: "Hal",
    roles: ["Admin"],
    primaryRole: "Quality Manager",
  });
  return { ...people, hal };
}

type Stage = Awaited<ReturnType<typeof stage>>;
type Known = { id: string; username: string; password: string };

/** Each way in which somebody sets another person's password. */
const ways: Record<string, (tx: Tx, ctx: Ctx, on: Stage) => Promise<Known>> = {
  "a generated password": async (_, ctx, { eve }) => {
    const { password } = await resetPassword(ctx, { id: eve.id, way: "generate" });
    return { id: eve.id, username: "eve", password: password ?? "" };
  },
  "a typed password": async (_, ctx, { eve }) => {
    await updateUser(ctx, {
      id: eve.id,
      version: eve.version,
      email: eve.email,
      firstName: eve.firstName,
      lastName: eve.lastName,
      primaryRoleId: eve.primaryRoleId,
      additionalRoleIds: [],
      managerId: eve.managerId,
      accessEndsAt: null,
      password: given,
      confirmPassword: given,
    });
    return { id: eve.id, username: "eve", password: given };
  },
  "the first password of a new user": async (_, ctx, on) => {
    const { id } = await createUser(ctx, creation(on, { credentials: "password", password: given }));
    return { id, username: "nora", password: given };
  },
  "the generated first password of a new user": async (_, ctx, on) => {
    const { id, password } = await createUser(ctx, creation(on, { credentials: "generate", password: "" }));
    return { id, username: "nora", password: password ?? "" };
  },
};

const creation = (
  { eve }: Stage,
  { credentials, password }: { credentials: "password" | "generate"; password: string },
) => ({
  ...{ username: "nora", email: "nora@northwind.example", firstName: "Nora", lastName: "New" },
  ...{ configuration: "default" as const, primaryRoleId: eve.primaryRoleId, additionalRoleIds: [], groupIds: [] },
  ...{ managerId: null, credentials, password, confirmPassword: password },
  ...{ mustChangePassword: false, notify: false },
});

const becomeAuditor = async (tx: Tx, userId: string) =>
  tx.insert(userRoles).values({ userId, roleId: (await roleNamed(tx, "Auditor")).id });

const archive = (tx: Tx, { id }: { id: string }) =>
  tx.update(users).set({ status: "archived", statusBeforeArchive: "active" }).where(eq(users.id, id));

/** The person holds more by now than Hal could act on. */
async function outgrow(tx: Tx, { hal }: Stage, id: string) {
  await becomeAuditor(tx, id);
  await tx.delete(userRoles).where(eq(userRoles.userId, hal.id));
}

/** What can happen between the setting and the use. */
const changes: Record<string, (tx: Tx, on: Stage, person: Known) => Promise<unknown>> = {
  "the person became an auditor and the maker is no administrator any more": (tx, on, { id }) => outgrow(tx, on, id),
  "the maker was disabled": (tx, { hal }) => tx.update(users).set({ status: "disabled" }).where(eq(users.id, hal.id)),
  "the maker's access has ended": (tx, { hal }) =>
    tx
      .update(users)
      .set({ accessEndsAt: new Date(Date.now() - 1000) })
      .where(eq(users.id, hal.id)),
  "the maker was archived": (tx, { hal }) => archive(tx, hal),
  "the maker was purged": async (tx, { hal, ada }) => {
    await archive(tx, hal);
    await purgeUser(await as(tx, ada), { id: hal.id, username: "hal" });
  },
};

const enter = (tx: Tx, { username, password }: Pick<Known, "username" | "password">) =>
  signIn(asNobody(tx), { name: username, password });

/** The person of this session. */
async function inSession(tx: Tx, { id }: { id: string }, sessionId: string) {
  const { actor } = await as(tx, { id });
  return createContext(tx, personActor({ id, sessionId, access: actor.access }));
}

const failures = async (tx: Tx, id: string) =>
  (await tx.select().from(users).where(eq(users.id, id)))[0]?.failedSignIns;

describe.each(Object.entries(ways))("%s is checked again when it is used (R15)", (_, set) => {
  test("and signs in while its maker could act on the person", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      await enter(tx, await set(tx, await as(tx, on.hal), on));
    }));

  test.each(Object.entries(changes))("not when %s; only the log says why", (__, change) =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const known = await set(tx, await as(tx, on.hal), on);
      await change(tx, on, known);
      await expect(enter(tx, known)).rejects.toMatchObject({ code: "unauthenticated", message: signInFailure });
      expect(await lastEvent(tx)).toMatchObject({
        operation: "session.refuse",
        outcome: "refused",
        personId: known.id,
        values: { "fact.reason": "the person who set the password may no longer manage this account" },
      });
      expect(await failures(tx, known.id)).toBe(1);
      expect(await tx.select().from(sessions).where(eq(sessions.userId, known.id))).toEqual([]);
    }),
  );

  test("and signs in when the server's owner set it", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const known = await set(tx, asOperator(tx), on);
      await outgrow(tx, on, known.id);
      await enter(tx, known);
    }));
});

describe("what somebody set themselves signs in whatever they have become", () => {
  test("in place of the password that is owed", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const { password } = await resetPassword(await as(tx, on.hal), { id: on.eve.id, way: "generate" });
      const { sessionId } = await enter(tx, { username: "eve", password: password ?? "" });
      await setOwedPassword(await inSession(tx, on.eve, sessionId), { newPassword: chosen, confirmPassword: chosen });
      await outgrow(tx, on, on.eve.id);
      await enter(tx, { username: "eve", password: chosen });
    }));

  test("by a link that somebody else sent", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const ctx = await as(tx, on.hal);
      await resetPassword(ctx, { id: on.eve.id, way: "generate" });
      const { link } = await resetPassword(ctx, { id: on.eve.id, way: "link" });
      await redeemReset(asNobody(tx), { token: tokenOf(link), newPassword: chosen, confirmPassword: chosen });
      await outgrow(tx, on, on.eve.id);
      await enter(tx, { username: "eve", password: chosen });
    }));

  test("and what was set before its maker was kept", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const { password } = await resetPassword(await as(tx, on.hal), { id: on.eve.id, way: "generate" });
      await tx.update(passwords).set({ setBy: null }).where(eq(passwords.userId, on.eve.id));
      await outgrow(tx, on, on.eve.id);
      await enter(tx, { username: "eve", password: password ?? "" });
    }));
});

describe("a session that such a password opened earlier", () => {
  const outgrown = refused("precondition", /may no longer manage your account/);

  test("cannot set the password that is owed", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const { password } = await resetPassword(await as(tx, on.hal), { id: on.eve.id, way: "generate" });
      const { sessionId } = await enter(tx, { username: "eve", password: password ?? "" });
      await outgrow(tx, on, on.eve.id);
      const eve = await inSession(tx, on.eve, sessionId);
      await expect(setOwedPassword(eve, { newPassword: chosen, confirmPassword: chosen })).rejects.toEqual(outgrown);
    }));

  test("does not continue from the enrolment of a second factor", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const { password } = await resetPassword(await as(tx, on.hal), { id: on.eve.id, way: "generate" });
      const { sessionId } = await enter(tx, { username: "eve", password: password ?? "" });
      await tx.update(sessions).set({ stage: "enrol_factor" }).where(eq(sessions.id, sessionId));
      await tx.insert(passkeys).values({ userId: on.eve.id, credentialId: "eve", publicKey: "key", name: "Laptop" });
      await outgrow(tx, on, on.eve.id);
      await expect(finishEnrolment(await inSession(tx, on.eve, sessionId), {})).rejects.toEqual(outgrown);
    }));

  test("does not continue to its second step", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const [code = ""] = await renewCodes(tx, on.eve.id);
      const { password } = await resetPassword(await as(tx, on.hal), { id: on.eve.id, way: "generate" });
      const { sessionId } = await enter(tx, { username: "eve", password: password ?? "" });
      await tx.update(sessions).set({ stage: "second_factor" }).where(eq(sessions.id, sessionId));
      await outgrow(tx, on, on.eve.id);
      const eve = await inSession(tx, on.eve, sessionId);
      await expect(verifySession(eve, { by: "code", code })).rejects.toEqual(outgrown);
    }));

  test("proves nothing with it and changes it into no other", () =>
    rolledBack(async (tx) => {
      const on = await stage(tx);
      const { id } = await createUser(await as(tx, on.hal), creation(on, { credentials: "password", password: given }));
      const { sessionId } = await enter(tx, { username: "nora", password: given });
      await outgrow(tx, on, id);
      const nora = await inSession(tx, { id }, sessionId);
      await expect(verifySession(nora, { by: "password", password: given })).rejects.toEqual(outgrown);
      const entries = { currentPassword: given, newPassword: chosen, confirmPassword: chosen };
      await expect(changePassword(nora, entries)).rejects.toEqual(outgrown);
    }));
});

describe("a session that a provider opened continues whatever happens to such a password", () => {
  async function known(tx: Tx) {
    const on = await stage(tx);
    const { id: providerId } = await storeProvider(tx, "northwind", on.ada.id);
    await tx.update(identityProviders).set({ state: "enabled" }).where(eq(identityProviders.id, providerId));
    const claims = { username: null, email: null, firstName: null, lastName: null, emailVerified: false };
    const issuer = "https://op.example";
    const identity = { providerId, issuer, subject: "eve", userId: on.eve.id, claims };
    const [{ id } = { id: "" }] = await tx.insert(identities).values(identity).returning();
    await resetPassword(await as(tx, on.hal), { id: on.eve.id, way: "generate" });
    const provider = { id: providerId, name: "Northwind" };
    const enterThere = () =>
      startSession(asNobody(tx), on.eve.id, {
        identity: { id, subject: "eve", sid: null, issuedAt: new Date(), idToken: null, provider, claims },
      });
    return { on, enterThere };
  }

  test("by its second step to the password that is owed", () =>
    rolledBack(async (tx) => {
      const { on, enterThere } = await known(tx);
      await tx.insert(passkeys).values({ userId: on.eve.id, credentialId: "eve", publicKey: "key", name: "Laptop" });
      const [code = ""] = await renewCodes(tx, on.eve.id);
      await outgrow(tx, on, on.eve.id);
      const { sessionId, stage: first } = await enterThere();
      expect(first).toBe("second_factor");
      const proved = await verifySession(await inSession(tx, on.eve, sessionId), { by: "code", code });
      expect(proved.stage).toBe("new_password");
      const eve = await inSession(tx, on.eve, proved.renewed ?? "");
      await setOwedPassword(eve, { newPassword: chosen, confirmPassword: chosen });
      await enter(tx, { username: "eve", password: chosen });
    }));

  test("and by the enrolment of one", () =>
    rolledBack(async (tx) => {
      const { on, enterThere } = await known(tx);
      const { sessionId } = await enterThere();
      await tx.update(sessions).set({ stage: "enrol_factor" }).where(eq(sessions.id, sessionId));
      await tx.insert(passkeys).values({ userId: on.eve.id, credentialId: "eve", publicKey: "key", name: "Laptop" });
      await outgrow(tx, on, on.eve.id);
      await expect(finishEnrolment(await inSession(tx, on.eve, sessionId), {})).resolves.toMatchObject({
        stage: "new_password",
      });
    }));
});

describe("people with no other way in are listed under Home's attention and on their page (U13)", () => {
  const linesFor = async (tx: Tx, viewer: { id: string }, { id }: { id: string }) =>
    ((await needsAttention(await as(tx, viewer))) ?? [])
      .filter(({ key }) => key === `no-password-${id}`)
      .map(({ title, hint, action }) => [plain(title), plain(hint), "label" in action && action.label]);

  async function reset(tx: Tx) {
    const on = await stage(tx);
    await tx
      .insert(passwords)
      .values([on.ada, on.quinn, on.lee, on.sam, on.hal].map(({ id }) => ({ userId: id, hash: "hash" })));
    await resetPassword(await as(tx, on.hal), { id: on.eve.id, way: "generate" });
    return on;
  }
  const wayIn = async (tx: Tx, { ada, eve }: Stage) => (await getUser(await as(tx, ada), eve.id)).wayIn;

  test("once the maker may no longer act on them", () =>
    rolledBack(async (tx) => {
      const on = await reset(tx);
      expect(await linesFor(tx, on.ada, on.eve)).toEqual([]);
      expect(await wayIn(tx, on)).toBe("credential");
      await outgrow(tx, on, on.eve.id);
      expect(await linesFor(tx, on.ada, on.eve)).toEqual([
        [
          "No password yet: Eve Engineer",
          "The person who set the password may no longer manage them, so it does not work. They have no other way to sign in.",
          "Send a link",
        ],
      ]);
      expect(await wayIn(tx, on)).toBe("outgrown");
      expect(await linesFor(tx, on.sam, on.eve)).toEqual([]);
    }));

  test("not while a passkey signs in", () =>
    rolledBack(async (tx) => {
      const on = await reset(tx);
      await outgrow(tx, on, on.eve.id);
      await tx.insert(passkeys).values({ userId: on.eve.id, credentialId: "eve", publicKey: "key", name: "Laptop" });
      expect(await linesFor(tx, on.ada, on.eve)).toEqual([]);
      expect(await wayIn(tx, on)).toBe("credential");
    }));

  test("a link takes the password's place", () =>
    rolledBack(async (tx) => {
      const on = await reset(tx);
      await archive(tx, on.hal);
      await resetPassword(await as(tx, on.ada), { id: on.eve.id, way: "link" });
      expect(await linesFor(tx, on.ada, on.eve)).toEqual([]);
      expect(await wayIn(tx, on)).toBe("link");
    }));
});
