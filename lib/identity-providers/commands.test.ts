import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import {
  eventValues,
  groups,
  identities,
  identityProviders,
  passkeys,
  passwords,
  providerSecrets,
  roleOperations,
  roles,
  userRoles,
} from "@/db/schema";
import { createProvider } from "@/lib/identity-providers/commands/create";
import { deleteProvider, disableProvider, enableProvider, recordTest } from "@/lib/identity-providers/commands/state";
import { unlinkIdentity } from "@/lib/identity-providers/commands/unlink";
import { updateConnection, updateProvider } from "@/lib/identity-providers/commands/update";
import {
  findProvider,
  identitiesOf,
  listProviders,
  offeredProviders,
  providerOfDomain,
} from "@/lib/identity-providers/queries";
import { createProviderSchema } from "@/lib/identity-providers/schema";
import { readSecret } from "@/lib/identity-providers/store";
import { mayRun } from "@/lib/kernel/ask";
import { issueLink } from "@/lib/links/issue";
import { company, refused, wrongField } from "@/lib/testing/company";
import { as, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { hostileClient } from "@/lib/testing/hostile-provider";
import { providerForm } from "@/lib/testing/identity-providers";
import { mailsTo, setUpMail } from "@/lib/testing/mails";
import { archiveUser } from "@/lib/users/commands/archive";
import { purgeUser } from "@/lib/users/commands/purge";

const provider = hostilePeer();

async function stage(tx: Tx) {
  const people = await company(tx);
  const ctx = await as(tx, people.ada);
  const form = providerForm(people.ada.id, provider);
  const { id } = await createProvider(ctx, form);
  const row = async () => (await tx.select().from(identityProviders).where(eq(identityProviders.id, id)))[0]!;
  const test = async () => recordTest(ctx, { id, connectionId: (await row()).connectionId, claims: { sub: "ada" } });
  const { slug: _, preset: __, discoveryUrl, clientId, scopes, secretExpiresAt, clientSecret: ___, ...details } = form;
  const link = async (person: { id: string }, subject = "sam") => {
    const claims = { username: null, email: null, firstName: null, lastName: null, emailVerified: false };
    const [made] = await tx
      .insert(identities)
      .values({ providerId: id, issuer: provider.issuer, subject, userId: person.id, claims })
      .returning();
    return made!;
  };
  const connection = { discoveryUrl, clientId, scopes, secretExpiresAt };
  return { ...people, ctx, form, id, row, test, details, connection, link };
}

describe("setting up", () => {
  test("reads the document, keeps the issuer to the character, and the secret encrypted and apart (I1)", () =>
    rolledBack(async (tx) => {
      const { id, row } = await stage(tx);
      expect(await row()).toMatchObject({ state: "draft", issuer: provider.issuer, signingAlgorithm: "RS256" });
      expect(JSON.stringify(await tx.select().from(providerSecrets))).not.toContain(hostileClient.clientSecret);
      expect(await readSecret(tx, id)).toBe(hostileClient.clientSecret);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "identity_provider.create", targetId: id, outcome: "succeeded" });
      expect(event.values["change.clientSecret"]).toEqual([null, "set"]);
      expect(JSON.stringify(await tx.select().from(eventValues))).not.toContain(hostileClient.clientSecret);
    }));

  test("refuses a document that names another issuer, or none, at its field", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const create = async (more: object = {}) =>
        createProvider(await as(tx, ada), providerForm(ada.id, provider, more));
      provider.behave({ document: (document) => ({ ...document, issuer: "https://accounts.example.com" }) });
      await expect(create()).rejects.toEqual(
        wrongField("discoveryUrl", /another issuer: https:\/\/accounts.example.com$/),
      );
      provider.behave({ document: (document) => ({ ...document, issuer: `${document.issuer}/` }) });
      await expect(create()).resolves.toMatchObject({ issuer: `${provider.issuer}/` });
      provider.behave({ document: () => [] });
      await expect(create({ slug: "second", name: "Second" })).rejects.toEqual(
        wrongField("discoveryUrl", /no discovery document/),
      );
      provider.behave({ document: (document) => ({ ...document, token_endpoint: "http://10.0.0.1/token" }) });
      await expect(create({ slug: "second", name: "Second" })).rejects.toEqual(
        wrongField("discoveryUrl", /"token_endpoint"/),
      );
      provider.behave({
        document: (document) => ({ ...document, id_token_signing_alg_values_supported: ["none", "HS256"] }),
      });
      await expect(create({ slug: "second", name: "Second" })).rejects.toEqual(
        wrongField("discoveryUrl", /no algorithm/),
      );
      await expect(create({ discoveryUrl: "https://127.0.0.1:9/.well-known/openid-configuration" })).rejects.toEqual(
        wrongField("discoveryUrl", /does not answer/),
      );
      expect(await lastEvent(tx)).toMatchObject({ operation: "identity_provider.create", outcome: "refused" });
    }));

  test("bounds the end of a secret as other ends are, and keeps one that is stored", () =>
    rolledBack(async (tx) => {
      const { ctx, form, id, row, connection } = await stage(tx);
      const create = (secretExpiresAt: Date) =>
        createProvider(ctx, { ...form, name: "Other", slug: "other", secretExpiresAt });
      const years = wrongField("secretExpiresAt", /^Choose a year from 2000 to 2199\.$/);
      await expect(create(new Date("2200-01-01T00:00:00Z"))).rejects.toEqual(years);
      const past = wrongField("secretExpiresAt", /date in the future/);
      await expect(create(new Date("2001-01-01T00:00:00Z"))).rejects.toEqual(past);
      const save = async (secretExpiresAt: Date | null) =>
        updateConnection(ctx, { ...connection, id, version: (await row()).version, clientSecret: "", secretExpiresAt });
      await expect(save(new Date("1999-01-01T00:00:00Z"))).rejects.toEqual(years);
      const old = new Date("2026-01-01T00:00:00Z");
      await tx.update(identityProviders).set({ secretExpiresAt: old }).where(eq(identityProviders.id, id));
      await expect(save(old)).resolves.toMatchObject({ id });
    }));

  test("refuses a name or short name that is in use, and roles that do not exist", () =>
    rolledBack(async (tx) => {
      const { ctx, form } = await stage(tx);
      const other = { ...form, name: "Other", slug: "other" };
      await expect(createProvider(ctx, { ...other, slug: form.slug })).rejects.toEqual(wrongField("slug", /in use/));
      await expect(createProvider(ctx, { ...other, name: "NORTHWIND" })).rejects.toEqual(wrongField("name", /in use/));
      const { id } = await roleNamed(tx, "Admin");
      await expect(createProvider(ctx, { ...other, defaultRoleId: id })).rejects.toEqual(
        wrongField("defaultRoleId", /primary role/),
      );
    }));

  test.each([
    [{ slug: "Credentials" }, "slug"],
    [{ slug: "credentials" }, "slug"],
    [{ slug: "a/b" }, "slug"],
    [{ scopes: ["email"] }, "scopes"],
    [{ scopes: ["openid", "two words"] }, "scopes"],
    [{ createsUsers: true }, "defaultRoleId"],
    [{ domains: ["not a domain"] }, "domains"],
    [{ clientSecret: "" }, "clientSecret"],
    [{ owner: "x" }, ""],
  ])("the form refuses %j", (more, field) => {
    const form = { ...providerForm("0198f0f5-0000-7000-8000-000000000000", provider), secretExpiresAt: "", ...more };
    const parsed = createProviderSchema.safeParse(form);
    expect(parsed.error?.issues.map(({ path }) => path[0] ?? "")).toEqual([field]);
  });
});

describe("enabling", () => {
  test("is refused until somebody has signed in with the present settings (I1)", () =>
    rolledBack(async (tx) => {
      const { ctx, id, row, test, connection } = await stage(tx);
      await expect(enableProvider(ctx, { id })).rejects.toEqual(refused("precondition", /Test it first/));
      expect(await lastEvent(tx)).toMatchObject({ operation: "identity_provider.enable", outcome: "refused" });
      await test();
      expect(await row()).toMatchObject({ state: "tested", testClaims: { sub: "ada" } });
      await enableProvider(ctx, { id });
      expect((await row()).state).toBe("enabled");
      const { version } = await row();
      await updateConnection(ctx, { ...connection, id, version, clientSecret: "another" });
      expect(await row()).toMatchObject({ state: "draft", testedAt: null, testClaims: null });
      expect((await lastEvent(tx)).values).toMatchObject({ "fact.clientSecret": "entered again" });
      await expect(enableProvider(ctx, { id })).rejects.toEqual(refused("precondition", /Test it first/));
    }));

  test("a test that began with earlier settings does not count", () =>
    rolledBack(async (tx) => {
      const { ctx, id, row, connection } = await stage(tx);
      const { connectionId, version } = await row();
      await updateConnection(ctx, { ...connection, id, version, clientSecret: "" });
      await expect(recordTest(ctx, { id, connectionId, claims: {} })).rejects.toEqual(
        refused("precondition", /changed/),
      );
      expect((await row()).state).toBe("draft");
    }));

  test("once disabled it is offered to nobody, and can be enabled again", () =>
    rolledBack(async (tx) => {
      const { ctx, id, test, details, row } = await stage(tx);
      await test();
      await updateProvider(ctx, { ...details, id, version: (await row()).version, domains: ["northwind.example"] });
      expect(await offeredProviders(ctx.db)).toEqual([]);
      await enableProvider(ctx, { id });
      const shown = { slug: "northwind", name: "Northwind", preset: "any" };
      expect(await offeredProviders(ctx.db)).toEqual([shown]);
      expect(await providerOfDomain(ctx.db, "northwind.example")).toEqual(shown);
      const seen = await disableProvider(ctx, { id });
      await expect(enableProvider(ctx, { id, version: seen.version - 1 })).rejects.toMatchObject({ code: "conflict" });
      expect(await mayRun(ctx, enableProvider, seen)).toEqual({ ok: true });
      expect(await offeredProviders(ctx.db)).toEqual([]);
      expect(await providerOfDomain(ctx.db, "northwind.example")).toBeNull();
      await enableProvider(ctx, { id });
      expect((await row()).state).toBe("enabled");
    }));
});

describe("changing", () => {
  test("a stored secret goes to no other address and no other client", () =>
    rolledBack(async (tx) => {
      const { ctx, id, row, connection } = await stage(tx);
      const { version } = await row();
      const kept = { ...connection, id, version, clientSecret: "" };
      await expect(updateConnection(ctx, { ...kept, clientId: "another" })).rejects.toEqual(
        wrongField("clientSecret", /again/),
      );
      const elsewhere = provider.discoveryUrl.replace("127.0.0.1", "localhost");
      await expect(updateConnection(ctx, { ...kept, discoveryUrl: elsewhere })).rejects.toEqual(
        wrongField("clientSecret", /again/),
      );
      await updateConnection(ctx, kept);
      expect(await readSecret(tx, id)).toBe(hostileClient.clientSecret);
    }));

  test("an edit of a version that was replaced is refused, and says by whom (U9)", () =>
    rolledBack(async (tx) => {
      const { ctx, id, details } = await stage(tx);
      await updateProvider(ctx, { ...details, id, version: 1, contact: "Ada" });
      expect((await lastEvent(tx)).values["change.contact"]).toEqual(["the service desk", "Ada"]);
      await expect(updateProvider(ctx, { ...details, id, version: 1 })).rejects.toEqual(
        refused("conflict", /You saved/),
      );
    }));

  test("deleting takes the identities along, and leaves the people", () =>
    rolledBack(async (tx) => {
      const { ctx, id, link, sam } = await stage(tx);
      await link(sam);
      expect(await deleteProvider(ctx, { id })).toMatchObject({ identities: 1 });
      expect(await tx.select().from(identities)).toEqual([]);
      expect(await lastEvent(tx)).toMatchObject({ operation: "identity_provider.delete", targetId: id });
    }));
});

describe("an owner who is removed", () => {
  const remove = (id: string, providerId: string, ownerId: string) => ({
    id,
    owners: [{ id: providerId, ownerId }],
    managerId: null,
  });

  test("hands the provider on (U11), which takes everything (R15)", () =>
    rolledBack(async (tx) => {
      const { ctx, id, sam, eve, quinn, ada, row } = await stage(tx);
      await tx.update(identityProviders).set({ ownerId: sam.id }).where(eq(identityProviders.id, id));
      await expect(archiveUser(ctx, { id: sam.id, owners: [], managerId: null })).rejects.toEqual(
        wrongField("owners", /Choose an owner for Northwind/),
      );
      const [remover] = await tx
        .insert(roles)
        .values({ name: "Remover", nameKey: "remover", kind: "additional" })
        .returning();
      const held = ["user.read", "user.archive"].map((operation) => ({
        roleId: remover!.id,
        operation,
        scope: "all" as const,
      }));
      await tx.insert(roleOperations).values(held);
      await tx.insert(userRoles).values({ userId: quinn.id, roleId: remover!.id });
      await expect(archiveUser(await as(tx, quinn), remove(sam.id, id, eve.id))).rejects.toEqual(
        refused("forbidden", /holds every operation/),
      );
      await archiveUser(ctx, remove(sam.id, id, ada.id));
      expect((await row()).ownerId).toBe(ada.id);
    }));

  test("leaves nothing of a test that they made behind, once they are purged (U14)", () =>
    rolledBack(async (tx) => {
      const { ctx, test, sam, row, id } = await stage(tx);
      await test();
      await tx.update(identityProviders).set({ testedBy: sam.id }).where(eq(identityProviders.id, id));
      await archiveUser(ctx, { id: sam.id, owners: [], managerId: null });
      await purgeUser(ctx, { id: sam.id, username: sam.username });
      expect((await row()).testClaims).toBeNull();
    }));
});

describe("unlinking", () => {
  test("says what is left, and leaves nobody to shut themselves out", () =>
    rolledBack(async (tx) => {
      const { ctx, id, test, link, sam, ada } = await stage(tx);
      await test();
      await enableProvider(ctx, { id });
      const [first, second] = [await link(sam, "first"), await link(sam, "second")];
      expect(await unlinkIdentity(ctx, { id: first.id })).toEqual({ id: sam.id, left: "identity" });
      expect(await lastEvent(tx)).toMatchObject({ operation: "identity.unlink", personId: sam.id });
      expect(await unlinkIdentity(ctx, { id: second.id })).toEqual({ id: sam.id, left: "none" });
      const own = await link(ada, "ada");
      await expect(unlinkIdentity(ctx, { id: own.id })).rejects.toEqual(refused("precondition", /only way to sign in/));
      expect(await identitiesOf(ctx, ada.id)).toMatchObject([{ id: own.id, left: "none" }]);
      await tx.insert(passkeys).values({ userId: ada.id, credentialId: "ada", publicKey: "key", name: "Laptop" });
      expect(await identitiesOf(ctx, ada.id)).toMatchObject([{ left: "credential" }]);
      expect(await unlinkIdentity(ctx, { id: own.id })).toEqual({ id: ada.id, left: "credential" });
    }));

  test("a password that does not count any more is no way in, an open link is reported as one (U16, R15)", () =>
    rolledBack(async (tx) => {
      const { ctx, id, test, link, eve, sam } = await stage(tx);
      await test();
      await enableProvider(ctx, { id });
      const maker = await makeUser(tx, { username: "maker", status: "disabled" });
      await tx.insert(passwords).values({ userId: eve.id, hash: "x", setBy: maker.id });
      const own = await link(eve, "eve");
      const asEve = await as(tx, eve);
      expect(await identitiesOf(asEve, eve.id)).toMatchObject([{ left: "outgrown" }]);
      await expect(unlinkIdentity(asEve, { id: own.id })).rejects.toEqual(
        refused("precondition", /only way to sign in/),
      );
      await issueLink(ctx, tx, { purpose: "password_reset", userId: sam.id });
      const sams = await link(sam, "sam");
      expect(await identitiesOf(ctx, sam.id)).toMatchObject([{ left: "link" }]);
      expect(await unlinkIdentity(ctx, { id: sams.id })).toEqual({ id: sam.id, left: "link" });
    }));

  test("an identity at a provider that is not enabled is no way in", () =>
    rolledBack(async (tx) => {
      const { ctx, link, sam } = await stage(tx);
      const [first] = [await link(sam, "first"), await link(sam, "second")];
      expect(await unlinkIdentity(ctx, { id: first.id })).toEqual({ id: sam.id, left: "none" });
    }));

  test("is open to everybody for their own account, and its person is notified by mail", () =>
    rolledBack(async (tx) => {
      const { link, eve } = await stage(tx);
      await setUpMail(tx);
      await tx.insert(passkeys).values({ userId: eve.id, credentialId: "eve", publicKey: "key", name: "Phone" });
      const own = await link(eve, "eve");
      await unlinkIdentity(await as(tx, eve), { id: own.id });
      const [mail] = await mailsTo(tx, eve.email);
      expect(mail).toMatchObject({
        template: "credential_notice",
        values: { what: "Your account was unlinked from Northwind." },
      });
      await expect(unlinkIdentity(await as(tx, eve), { id: own.id })).rejects.toEqual(refused("not_found"));
    }));
});

describe("reading", () => {
  test("names no group outside the sight of the reader, of those given as of those mapped (R11)", () =>
    rolledBack(async (tx) => {
      const { ctx, id, details, sam } = await stage(tx);
      const [group] = await tx.insert(groups).values({ name: "Merger", nameKey: "merger" }).returning();
      const groupId = group!.id;
      const mapped = { groupsClaim: "groups", groups: [{ value: "m", groupId }], defaultGroupIds: [groupId] };
      await updateProvider(ctx, { id, version: 1, ...details, ...mapped });
      expect(await findProvider(ctx, id)).toMatchObject({ groups: [{ group: "Merger" }] });
      const key = "reader";
      const [role] = await tx.insert(roles).values({ name: "Reader", nameKey: key, kind: "additional" }).returning();
      await tx.insert(roleOperations).values({ roleId: role!.id, operation: "identity_provider.read", scope: "all" });
      await tx.insert(userRoles).values({ userId: sam.id, roleId: role!.id });
      expect(JSON.stringify(await findProvider(await as(tx, sam), id))).not.toContain("Merger");
    }));

  test("gives no secret, and requires permission to see them", () =>
    rolledBack(async (tx) => {
      const { ctx, id, eve, test } = await stage(tx);
      await test();
      const found = await findProvider(ctx, id);
      expect(found).toMatchObject({
        owner: { name: "Ada Admin" },
        addresses: {
          redirect: "http://localhost:3000/api/auth/callback/northwind",
          signedOut: "http://localhost:3000/signed-out",
          logout: "http://localhost:3000/api/auth/backchannel-logout/northwind",
          start: "http://localhost:3000/sign-in/northwind",
        },
        testClaims: { sub: "ada" },
      });
      expect(JSON.stringify(found)).not.toContain(hostileClient.clientSecret);
      expect(await listProviders(ctx)).toMatchObject([{ id, state: "tested", people: 0, lastSignInAt: null }]);
      await expect(listProviders(await as(tx, eve))).rejects.toEqual(refused("forbidden"));
      await expect(findProvider(await as(tx, eve), id)).rejects.toEqual(refused("forbidden"));
    }));
});
