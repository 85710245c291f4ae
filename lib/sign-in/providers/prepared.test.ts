import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import { identities, links, mails, passwords, users } from "@/db/schema";
import { prepareLink } from "@/lib/identity-providers/commands/prepare-link";
import { disableProvider } from "@/lib/identity-providers/commands/state";
import { unlinkIdentity } from "@/lib/identity-providers/commands/unlink";
import { findProviderInvitation } from "@/lib/identity-providers/prepare";
import { configurationsOffered } from "@/lib/identity-providers/queries";
import { sendInvitation } from "@/lib/invitations/commands";
import { refused, wrongField } from "@/lib/testing/company";
import { as, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { hostileCompany, lastOperations, ninaClaims as nina, personOf } from "@/lib/testing/hostile-company";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { mailsTo, setUpMail } from "@/lib/testing/mails";
import { archiveUser } from "@/lib/users/commands/archive";
import { createUser } from "@/lib/users/commands/create";
import { disableUser, enableUser } from "@/lib/users/commands/disable";
import { updateUser } from "@/lib/users/commands/update";
import { createUserSchema } from "@/lib/users/schema";

const peer = hostilePeer();

const draft = (primaryRoleId: string, more: object = {}) => ({
  configuration: "northwind",
  username: "nina.here",
  email: "Nina.New@northwind.example",
  firstName: "Nina",
  lastName: "Here",
  primaryRoleId,
  additionalRoleIds: [],
  managerId: null,
  groupIds: [],
  credentials: "provider" as const,
  password: "",
  confirmPassword: "",
  mustChangePassword: true,
  ...more,
});

/** A provider that creates nobody, and Nina, who was created here for it. */
async function stage(tx: Db | Tx, more: object = {}) {
  const on = await hostileCompany(tx, peer, { createsUsers: false, ...more });
  const { id: ninaId } = await createUser(on.ctx, draft(on.primary.id, { managerId: on.lee.id }));
  const user = async () => (await tx.select().from(users).where(eq(users.id, ninaId)))[0]!;
  return { ...on, ninaId, user };
}

describe("a user created beforehand (I2)", () => {
  test("is invited without a password and without a mail, and recognized by the verified email", () =>
    rolledBack(async (tx) => {
      const { ninaId, user, signIn, lee } = await stage(tx);
      expect(await user()).toMatchObject({ status: "invited", configuration: "northwind" });
      expect(await tx.$count(passwords, eq(passwords.userId, ninaId))).toBe(0);
      expect(await tx.$count(mails)).toBe(0);
      expect((await lastEvent(tx)).values["change.configuration"]).toEqual([null, "northwind"]);
      expect(await signIn(nina)).toBeNull();
      expect(await user()).toMatchObject({
        status: "active",
        username: "nina.here",
        lastName: "New",
        managerId: lee.id,
      });
      expect((await personOf(tx, nina.sub))!.user.id).toBe(ninaId);
      expect(await lastOperations(tx, 3)).toEqual(["identity.update", "session.start", "identity.match"]);
      expect(await signIn({ ...nina, email: "other@northwind.example" })).toBeNull();
      expect(await tx.$count(identities)).toBe(1);
    }));

  test.each([
    ["whose email is not verified", { email_verified: false }],
    ["whose email is absent, by the user name alone", { email: undefined, preferred_username: "nina.here" }],
    ["with another email and the user name", { email: "x@northwind.example", preferred_username: "nina.here" }],
  ])("is nobody %s", (_, claims) =>
    rolledBack(async (tx) => {
      const { signIn, user } = await stage(tx);
      expect(await signIn({ ...nina, ...claims })).toBe("unknown");
      expect(await tx.$count(identities)).toBe(0);
      expect((await user()).status).toBe("invited");
    }),
  );

  test("is nobody for a provider of other domains, and nobody of another configuration", () =>
    rolledBack(async (tx) => {
      const { save, signIn } = await stage(tx);
      await makeUser(tx, { username: "local", email: "local@northwind.example", status: "invited" });
      expect(await signIn({ ...nina, email: "local@northwind.example" })).toBe("unknown");
      await save({ domains: ["other.example"] });
      expect(await signIn(nina)).toBe("unknown");
    }));

  test("has open fields until then, so that a mistyped email can be corrected (I4)", () =>
    rolledBack(async (tx) => {
      const { ctx, user, signIn } = await stage(tx);
      const update = async (more: object) => {
        const { id, version, email, firstName, lastName, primaryRoleId, managerId } = await user();
        const form = { id, version, email, firstName, lastName, primaryRoleId, managerId };
        const rest = { additionalRoleIds: [], accessEndsAt: null, password: "", confirmPassword: "" };
        return updateUser(ctx, { ...form, ...rest, ...more });
      };
      await update({ email: "n.new@northwind.example" });
      expect(await signIn(nina)).toBe("unknown");
      expect(await signIn({ ...nina, email: "n.new@northwind.example" })).toBeNull();
      await expect(update({ email: nina.email })).rejects.toEqual(wrongField("email", /Northwind manages this field/));
    }));

  test("is taken by no second subject, and recognizes nobody again once the identity was unlinked", () =>
    rolledBack(async (tx) => {
      const { ctx, signIn } = await stage(tx);
      await signIn(nina);
      expect(await signIn({ ...nina, sub: "another" })).toBe("unknown");
      const { identity } = (await personOf(tx, nina.sub))!;
      await unlinkIdentity(ctx, { id: identity.id });
      expect(await signIn(nina)).toBe("unknown");
    }));

  test("waits for no second account there once it was recognized", () =>
    rolledBack(async (tx) => {
      const { ctx, id, ninaId, signIn } = await stage(tx, { createsUsers: true });
      await prepareLink(ctx, { userId: ninaId, providerId: id, email: "zoe@northwind.example" });
      expect(await signIn(nina)).toBeNull();
      const zoe = { ...nina, sub: "zoe", preferred_username: "zoe", email: "zoe@northwind.example" };
      expect(await signIn(zoe)).toBeNull();
      expect((await personOf(tx, "zoe"))!.user.id).not.toBe(ninaId);
    }));

  test("is refused as disabled or removed as everybody, and continues once enabled", () =>
    rolledBack(async (tx) => {
      const { ctx, ninaId, signIn, user } = await stage(tx);
      await disableUser(ctx, { id: ninaId, reason: "later", until: null });
      expect(await signIn(nina)).toBe("disabled");
      await enableUser(ctx, { id: ninaId });
      expect(await signIn(nina)).toBeNull();
      expect((await user()).status).toBe("active");
      await archiveUser(ctx, { id: ninaId, owners: [], managerId: null });
      expect(await signIn(nina)).toBe("removed");
    }));

  test("signs in though the owner of the provider has left: it is their way in, and gives nothing", () =>
    rolledBack(async (tx) => {
      const { ada, signIn } = await stage(tx);
      await tx.update(users).set({ status: "disabled" }).where(eq(users.id, ada.id));
      expect(await signIn(nina)).toBeNull();
    }));

  test("is one where the same sign-in comes several times at the same moment", () =>
    withFreshDatabase("prepared_sign_ins", async (db) => {
      const { signIn } = await stage(db);
      peer.behave({}, nina);
      const same = await Promise.all([signIn(nina), signIn(nina), signIn(nina)]);
      expect(same).toEqual([null, null, null]);
      expect(await db.$count(identities)).toBe(1);
    }));
});

describe("creating one", () => {
  test("is refused where the provider manages its users (I4), was never tested, or does not exist", () =>
    rolledBack(async (tx) => {
      const { ctx, row, save, primary, id } = await hostileCompany(tx, peer);
      const create = (more: object = {}) => createUser(ctx, draft(primary.id, more));
      await expect(create({ configuration: "nowhere" })).rejects.toEqual(
        wrongField("configuration", /configuration does not exist/),
      );
      await expect(create({ email: "nina@other.example" })).resolves.toBeTruthy();
      await save();
      const other = { username: "second", email: "second@other.example" };
      await expect(create(other)).rejects.toEqual(
        wrongField("email", /only set up for addresses of northwind.example/),
      );
      await save({ mapping: { ...(await row()).mapping, email: "" } });
      await expect(create()).rejects.toEqual(wrongField("configuration", /sends no email/));
      await save({ managesUsers: true, mapping: { ...(await row()).mapping, email: "email" } });
      await expect(create()).rejects.toEqual(wrongField("configuration", /manages its users/));
      expect(await lastEvent(tx)).toMatchObject({ operation: "user.create", outcome: "refused" });
      expect(await configurationsOffered(tx)).toEqual([
        { slug: "northwind", name: "Northwind", reason: expect.stringMatching(/manages its users/) },
      ]);
      await disableProvider(ctx, { id });
      expect(await configurationsOffered(tx)).toHaveLength(1);
    }));

  test("with a notification, a mail leads to the sign-in through the provider, without a secret and without a link to keep (U5)", () =>
    rolledBack(async (tx) => {
      const { ctx, primary } = await hostileCompany(tx, peer);
      await setUpMail(tx);
      const made = await createUser(ctx, draft(primary.id, { notify: true }));
      expect(made).toMatchObject({ mailed: true, link: null, password: null });
      const sent = await mailsTo(tx, "Nina.New@northwind.example");
      expect(sent).toEqual([
        {
          template: "provider_invitation",
          values: { link: expect.stringMatching(/\/sign-in\/northwind$/), provider: "Northwind" },
        },
      ]);
      expect(await tx.$count(links)).toBe(0);
    }));

  test("the mail is sent again while they have not signed in, a waiting one no more, and not once they have (I2)", () =>
    rolledBack(async (tx) => {
      const { ctx, ninaId, signIn, eve } = await stage(tx);
      expect(await findProviderInvitation(ctx, ninaId)).toBeNull();
      const noMail = /^Mail is not set up here\. Tell Nina Here to sign in at http.*\/sign-in\/northwind\.$/;
      await expect(sendInvitation(ctx, { id: ninaId })).rejects.toEqual(refused("precondition", noMail));
      await setUpMail(tx);
      for (let times = 0; times < 2; times++)
        expect(await sendInvitation(ctx, { id: ninaId })).toEqual({
          id: ninaId,
          link: null,
          linkExpiresAt: null,
          mailed: true,
        });
      expect(await lastEvent(tx)).toMatchObject({
        operation: "invitation.send",
        personId: ninaId,
        values: { "fact.provider": "Northwind" },
      });
      const sent = await tx.select().from(mails).where(eq(mails.template, "provider_invitation")).orderBy(mails.id);
      expect(sent.map(({ status }) => status)).toEqual(["cancelled", "waiting"]);
      expect(await tx.$count(links)).toBe(0);
      expect(await findProviderInvitation(ctx, ninaId)).toEqual(sent[1]?.createdAt);
      expect(await findProviderInvitation(await as(tx, eve), ninaId), "not in sight (R11)").toBeNull();
      expect(await signIn(nina)).toBeNull();
      await expect(sendInvitation(ctx, { id: ninaId })).rejects.toEqual(refused("precondition", /is active\.$/));
    }));

  test("requires what any other does (R8)", () =>
    rolledBack(async (tx) => {
      const { lee, primary } = await hostileCompany(tx, peer);
      await expect(createUser(await as(tx, lee), draft(primary.id))).rejects.toEqual(refused("forbidden"));
    }));

  test.each([
    [{ configuration: "default" }, "credentials"],
    [{ credentials: "invite" }, "credentials"],
    [{ configuration: "No Such" }, "configuration"],
  ])("the form refuses %j", (more, field) => {
    const parsed = createUserSchema.safeParse(draft("0198f0f5-0000-7000-8000-000000000000", more));
    expect(parsed.error?.issues.map(({ path }) => path[0])).toContain(field);
  });
});
