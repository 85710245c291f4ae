import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import {
  appOperations,
  identities,
  identityProviders,
  passwords,
  roleOperations,
  roles,
  userRoles,
  users,
} from "@/db/schema";
import { explain } from "@/lib/access/explain";
import { rolesCarrying } from "@/lib/access/holders";
import { operationsIn } from "@/lib/authz/model";
import type { Ctx, Person } from "@/lib/context";
import { createProvider } from "@/lib/identity-providers/commands/create";
import { releaseProvider, requireProvider } from "@/lib/identity-providers/commands/only";
import { deleteProvider, disableProvider, enableProvider, recordTest } from "@/lib/identity-providers/commands/state";
import { updateConnection, updateProvider } from "@/lib/identity-providers/commands/update";
import { removeTransport, retryMail, saveTransport, sendTest } from "@/lib/mail/commands";
import { enqueueMail } from "@/lib/mail/enqueue";
import { type OperationKey, takesEverything } from "@/lib/operations";
import { settingCatalogue, settingKeys } from "@/lib/platform/settings-catalogue";
import { createRole } from "@/lib/roles/commands/create";
import { readPrivileges } from "@/lib/roles/privileges";
import { updateSetting } from "@/lib/settings/commands";
import { findCommands } from "@/lib/testing/commands";
import { company, refused, wrongField } from "@/lib/testing/company";
import { as, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { connectionOf, detailsOf, makeProviders, providerForm, providerRow } from "@/lib/testing/identity-providers";

type Held = { operation: string; scope: "all" | "reports" | "owned_groups" | "self" };

const transport = {
  host: "mail.northwind.example",
  port: 587,
  security: "starttls" as const,
  user: "",
  password: "",
  from: "Gatehouse <gatehouse@northwind.example>",
};

/** Every write that hands over other people's credentials or decides who signs in (R15). */
const writes: Record<string, Write> = {
  saveTransport: { operation: "mail.configure", write: (ctx) => saveTransport(ctx, transport) },
  removeTransport: { operation: "mail.configure", write: (ctx) => removeTransport(ctx, {}) },
  createProvider: {
    operation: "identity_provider.create",
    write: (ctx) =>
      createProvider(ctx, providerForm(ctx.actor.id, peer, { slug: ctx.actor.id.slice(-12), name: ctx.actor.id })),
  },
  updateProvider: {
    operation: "identity_provider.update",
    write: async (ctx, { tested }, tx) =>
      updateProvider(ctx, { ...detailsOf(await providerRow(tx, tested.id)), contact: ctx.actor.id }),
  },
  updateConnection: {
    operation: "identity_provider.update",
    write: async (ctx, { tested }, tx) => updateConnection(ctx, connectionOf(await providerRow(tx, tested.id))),
  },
  recordTest: {
    operation: "identity_provider.test",
    write: (ctx, { tested }) => recordTest(ctx, { id: tested.id, connectionId: tested.connectionId, claims: {} }),
  },
  enableProvider: {
    operation: "identity_provider.enable",
    write: async (ctx, { tested }, tx) => {
      await tx.update(identityProviders).set({ state: "tested" }).where(eq(identityProviders.id, tested.id));
      await enableProvider(ctx, { id: tested.id });
    },
  },
  disableProvider: {
    operation: "identity_provider.disable",
    write: async (ctx, { enabled }, tx) => {
      await tx.update(identityProviders).set({ state: "enabled" }).where(eq(identityProviders.id, enabled.id));
      await disableProvider(ctx, { id: enabled.id });
    },
  },
  requireProvider: {
    operation: "identity_provider.require",
    write: async (ctx, { enabled: { id, issuer } }, tx) => {
      await tx.update(identityProviders).set({ onlyWayIn: false });
      const [ada] = await tx.select().from(users).where(eq(users.username, "ada"));
      await tx.insert(passwords).values({ userId: ada!.id, hash: "hash" }).onConflictDoNothing();
      const claims = { username: null, email: null, firstName: null, lastName: null, emailVerified: false };
      await tx
        .insert(identities)
        .values({ providerId: id, issuer, subject: ctx.actor.id, userId: ctx.actor.id, claims });
      await requireProvider(ctx, { id });
    },
  },
  releaseProvider: {
    operation: "identity_provider.release",
    write: async (ctx, { enabled: { id } }, tx) => {
      await tx.update(identityProviders).set({ onlyWayIn: true }).where(eq(identityProviders.id, id));
      await releaseProvider(ctx, { id });
    },
  },
  deleteProvider: {
    operation: "identity_provider.delete",
    write: async (ctx, _, tx) => {
      const [any] = await tx.select().from(identityProviders).limit(1);
      await deleteProvider(ctx, { id: any!.id });
    },
  },
};

type Providers = Awaited<ReturnType<typeof makeProviders>>;
type Write = {
  operation: OperationKey;
  write: (ctx: Ctx<Person>, on: Providers, tx: Tx) => Promise<unknown>;
};

const peer = hostilePeer();

test("every command that takes everything is among them", () => {
  const taking = findCommands().filter(({ operation }) => takesEverything(operation));
  expect(taking.map(({ name }) => name).toSorted()).toEqual(Object.keys(writes).toSorted());
});

async function stage(tx: Tx) {
  const people = await company(tx);
  return { ...people, providers: await makeProviders(await as(tx, people.ada), tx, peer) };
}

const none: Held[] = [];
/** Everything that a role can carry, as the built-in role has it. */
async function everything(tx: Tx): Promise<Held[]> {
  await tx.insert(appOperations).values({ key: "report.print", sentence: "Print a report" }).onConflictDoNothing();
  const apps = await tx.select({ key: appOperations.key }).from(appOperations);
  return operationsIn(
    { admin: true, operations: none },
    apps.map(({ key }) => key),
  );
}

async function holding(tx: Tx, held: Held[], { endsAt = null, accessEndsAt = null }: Ends = {}) {
  const drawn = { name: "Bearer", nameKey: "bearer", kind: "additional" as const };
  const [role] = await tx.insert(roles).values(drawn).returning();
  await tx.insert(roleOperations).values(held.map((one) => ({ roleId: role!.id, ...one })));
  const person = await makeUser(tx, { username: "bob", firstName: "Bob", accessEndsAt });
  await tx.insert(userRoles).values({ userId: person.id, roleId: role!.id, endsAt });
  return { person, role: role! };
}

type Ends = { endsAt?: Date | null; accessEndsAt?: Date | null };
const friday = new Date("2099-01-02T18:00:00Z");

describe("what hands over other people's credentials takes everything, without an end (R15)", () => {
  describe.each(Object.entries(writes))("%s", (_, { operation, write }) => {
    const isRefused = async (tx: Tx, person: { id: string }, on: Providers) => {
      await expect(write(await as(tx, person), on, tx)).rejects.toEqual(
        refused("forbidden", /holds every operation, without an end date/),
      );
      expect(await lastEvent(tx)).toMatchObject({ operation, outcome: "refused" });
    };

    test.each<[string, Held[]]>([
      ["setting.update", [{ operation: "setting.update", scope: "all" }]],
      ["the operation itself, stored past us", [{ operation, scope: "all" }]],
    ])("is refused to people who hold %s alone", (__, held) =>
      rolledBack(async (tx) => {
        const { providers } = await stage(tx);
        await isRefused(tx, (await holding(tx, held)).person, providers);
      }),
    );

    test("is refused when one operation is missing, of ours or of the product", () =>
      rolledBack(async (tx) => {
        const { providers } = await stage(tx);
        const all = await everything(tx);
        const { person } = await holding(
          tx,
          all.filter(({ operation }) => operation !== "report.print"),
        );
        await isRefused(tx, person, providers);
      }));

    test.each<[string, Ends]>([
      ["whose role ends", { endsAt: friday }],
      ["whose account ends", { accessEndsAt: friday }],
    ])("is refused to somebody %s", (__, ends) =>
      rolledBack(async (tx) => {
        const { providers } = await stage(tx);
        await isRefused(tx, (await holding(tx, await everything(tx), ends)).person, providers);
      }),
    );

    test("is open to an administrator, and to people who hold as much", () =>
      rolledBack(async (tx) => {
        const { ada, providers } = await stage(tx);
        const { person } = await holding(tx, await everything(tx));
        for (const one of [ada, person]) {
          await write(await as(tx, one), providers, tx);
          expect(await lastEvent(tx)).toMatchObject({ operation, outcome: "succeeded" });
        }
      }));
  });

  test("a person whose one role is everything but one, and another has that one, holds everything", () =>
    rolledBack(async (tx) => {
      await company(tx);
      const { person } = await holding(
        tx,
        (await everything(tx)).filter(({ operation }) => operation !== "user.purge"),
      );
      await expect(removeTransport(await as(tx, person), {})).rejects.toEqual(refused("forbidden"));
      const [rest] = await tx.insert(roles).values({ name: "Rest", nameKey: "rest", kind: "additional" }).returning();
      await tx.insert(roleOperations).values({ roleId: rest!.id, operation: "user.purge", scope: "all" });
      await tx.insert(userRoles).values({ userId: person.id, roleId: rest!.id });
      await removeTransport(await as(tx, person), {});
    }));
});

/** Every setting is looked at here: one that hands over credentials or decides who signs in belongs to the class. */
const ordinary = [
  "lockout.failures",
  "lockout.mode",
  "throttle.attempts",
  "tokens.requests",
  "factors.required",
  "sessions.idleHours",
  "sessions.absoluteDays",
  "links.invitationDays",
  "links.resetMinutes",
  "clients.tokenDays",
  "clients.newestVersion",
];

test("the other settings and mail commands take `setting.update` alone, and no setting was forgotten", () =>
  rolledBack(async (tx) => {
    const { ada } = await company(tx);
    expect([...settingKeys].sort()).toEqual([...ordinary].sort());
    const { person } = await holding(tx, [{ operation: "setting.update", scope: "all" }]);
    const ctx = await as(tx, person);
    for (const key of settingKeys) await updateSetting(ctx, { key, value: settingCatalogue[key].default });
    await saveTransport(await as(tx, ada), transport);
    await sendTest(ctx, {});
    const to = { name: "Ada", address: ada.email };
    const mail = await enqueueMail(ctx, tx, { template: "test", userId: ada.id, to, values: {} });
    expect(await retryMail(ctx, { id: mail.id })).toEqual({ id: mail.id });
  }));

test("no role is given it, by anyone", () =>
  rolledBack(async (tx) => {
    const { ada } = await company(tx);
    const drawn = { kind: "additional" as const, name: "Mailer", description: "", rank: null, combinesWith: [] };
    const operations = [{ operation: "mail.configure", scope: "all" as const }];
    await expect(createRole(await as(tx, ada), { ...drawn, operations })).rejects.toEqual(
      wrongField("operations", /No role carries/),
    );
  }));

test("Privileges, who may, and Why? say so", () =>
  rolledBack(async (tx) => {
    const { ada } = await company(tx);
    const { person } = await holding(tx, [{ operation: "setting.update", scope: "all" }]);
    const ctx = await as(tx, ada);
    const { groups, roles: columns } = await readPrivileges(ctx, "mail.configure");
    const row = groups[0]!.rows[0]!;
    expect(row).toMatchObject({ operation: "mail.configure", everything: true });
    const held = columns.filter((_, at) => row.held[at]!.carried.length > 0).map(({ name }) => name);
    expect(held).toEqual(["Admin"]);
    expect((await rolesCarrying(ctx, "mail.configure")).map(({ name }) => name)).toEqual(["Admin"]);

    const why = await explain(ctx, { personId: person.id, operation: "mail.configure" });
    expect(why).toMatchObject({ outcome: "denied" });
    expect(why.why).toMatch(/requires every other operation.*Bob does not hold "See a user" in that way/);
    expect(why.suggestions.map(({ steps }) => steps.at(-1))).toContain('Give Bob the role "Admin"');
    const hers = await explain(ctx, { personId: ada.id, operation: "mail.configure" });
    expect(hers.outcome).toBe("allowed");
  }));
