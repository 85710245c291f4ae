import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Db, Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { clients, groups, roles, signInNames, users } from "@/db/schema";
import { hashPassword } from "@/lib/auth/password-queue";
import { updateGroup } from "@/lib/groups/commands/update";
import { needsAttention } from "@/lib/home/attention";
import { formerEmail, formerName } from "@/lib/normalization/former-keys";
import { nameColumns } from "@/lib/normalization/names";
import { installPreset } from "@/lib/roles/presets";
import { signIn } from "@/lib/sign-in/sign-in";
import { as, asNobody, asOperator, makeUser } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { foldBatch } from "@/lib/upgrades/fold-keys";
import type { FoldedTable } from "@/lib/upgrades/schema";
import { updateUser } from "@/lib/users/commands/update";
import { readUserFilters } from "@/lib/users/filters";
import { listUsers } from "@/lib/users/list";

const password = "correct horse battery gatehouse";

/** A person as an earlier version stored them. */
async function formerUser(tx: Tx | Db, username: string, email: string, more: Parameters<typeof makeUser>[1] = {}) {
  const person = await makeUser(tx, { email: `${crypto.randomUUID()}@northwind.example`, ...more });
  const [usernameKey, emailKey] = [formerName(username), formerEmail(email) ?? ""];
  const search = ` ${`${person.firstName} ${person.lastName} ${username} ${email}`.toLowerCase()}`;
  await tx
    .update(users)
    .set({ username, email, usernameKey, emailKey, search, keyVersion: 1 })
    .where(eq(users.id, person.id));
  await tx.delete(signInNames).where(eq(signInNames.userId, person.id));
  await tx.insert(signInNames).values([usernameKey, emailKey].map((key) => ({ key, userId: person.id })));
  return person.id;
}

const formerGroup = async (tx: Tx | Db, name: string) => {
  const [group] = await tx
    .insert(groups)
    .values({ name, nameKey: formerName(name), keyVersion: 1 })
    .returning();
  return group?.id ?? "";
};

/** The job as the worker runs it, up to the end. */
async function foldAll(db: Db) {
  let next: { table: FoldedTable; after: string | null } | null = { table: "users", after: null };
  for (let batches = 0; next && batches < 100; batches++) next = await foldBatch(db, next.table, next.after);
  expect(next).toBeNull();
}

const keysOf = async (db: Db, userId: string) =>
  (await db.select().from(signInNames).where(eq(signInNames.userId, userId))).map(({ key }) => key).toSorted();

test(
  "keys of an earlier folding are made again; rows whose new keys are taken keep theirs, sign in and are listed on Home",
  () =>
    withFreshDatabase("fold_keys", async (db) => {
      await db.transaction((tx) => installPreset(tx, "quality_assurance"));
      const hash = await hashPassword(password);
      const ada = await makeUser(db, { username: "ada", primaryRole: "Quality Manager", roles: ["Admin"] });
      const final = await formerUser(db, "νίκος", "nikos@northwind.example", {
        hash,
        firstName: "Nikos",
        lastName: "One",
      });
      const medial = await formerUser(db, "νίκοσ", "nikos.2@northwind.example", {
        hash,
        firstName: "Nikos",
        lastName: "Two",
      });
      const alone = await formerUser(db, "μίλτος", "miltos@northwind.example", { hash, lastName: "O\u2019Neill" });
      const path = await formerUser(db, "path", "path@northwind.example/x", { hash });
      const [plainGroup, twin] = [await formerGroup(db, "Regression"), await formerGroup(db, "Reg\u200bression")];
      const only = await formerGroup(db, "Night\u200b shift");
      await db
        .insert(roles)
        .values({ name: "Night\u2013watch", nameKey: "night\u2013watch", kind: "additional", keyVersion: 1 });
      const token = { tokenPrefix: "gh_cli_", tokenLastFour: "abcd", tokenExpiresAt: new Date() };
      for (const name of ["rig", "r\u200big"])
        await db
          .insert(clients)
          .values({ ...token, userId: alone, name, nameKey: name, status: "provisioned", keyVersion: 1 });

      const entersAs = async (name: string) => (await signIn(asNobody(db), { name, password })).userId;
      const everybody = async () => {
        expect(await entersAs("νίκος")).toBe(final);
        expect(await entersAs("νίκοσ")).toBe(medial);
        expect(await entersAs("ΜΊΛΤΟΣ")).toBe(alone);
        expect(await entersAs("path@northwind.example/x")).toBe(path);
      };
      await everybody();
      await foldAll(db);
      await everybody();
      expect(await entersAs("μίλτοσ")).toBe(alone);

      expect(await keysOf(db, final)).toContain("νίκος");
      expect(await keysOf(db, medial)).toContain("νίκοσ");
      expect(await keysOf(db, alone)).toEqual(["miltos@northwind.example", "μίλτοσ"]);
      expect(await keysOf(db, path)).toContain("path@northwind.example");
      const stored = new Map((await db.select().from(groups)).map(({ id, ...group }) => [id, group]));
      expect(stored.get(plainGroup)).toMatchObject({ nameKey: "regression", keyVersion: 2 });
      expect(stored.get(twin)).toMatchObject({ nameKey: "reg\u200bression", keyVersion: 1, search: " regression" });
      expect(stored.get(only)).toMatchObject({ nameKey: "night shift", keyVersion: 2 });
      expect((await db.select().from(roles).where(eq(roles.name, "Night\u2013watch")))[0]).toMatchObject({
        nameKey: "night-watch",
      });
      const found = await listUsers(asOperator(db), readUserFilters({ q: "oneill" }).filters);
      expect(found.rows.map(({ id }) => id)).toEqual([alone]);

      const ctx = await as(db, ada);
      const lines = (await needsAttention(ctx))?.map(({ title }) =>
        title.map((part) => ("text" in part ? part.text : "")).join(""),
      );
      expect(lines).toEqual(
        expect.arrayContaining([
          'The user name "νίκος" of Nikos One is the same as that of Nikos Two',
          '"path@northwind.example/x", the address of Test Person, is not an email address',
          'The group "Reg\u200bression" has the same name as another group',
          'Test O\u2019Neill has two clients with the same name, "r\u200big"',
        ]),
      );

      // They can still be edited, and keep their keys.
      const [before] = await db.select().from(users).where(eq(users.id, final));
      await updateUser(ctx, {
        id: final,
        version: before?.version ?? 0,
        email: "nikos.1@northwind.example",
        firstName: "Nikos",
        lastName: "One",
        primaryRoleId: before?.primaryRoleId ?? "",
        additionalRoleIds: [],
        managerId: null,
        accessEndsAt: null,
        password: "",
        confirmPassword: "",
      });
      await everybody();
      expect(await keysOf(db, final)).toEqual(["nikos.1@northwind.example", "νίκος"]);
      const edit = { id: twin, version: 1, description: "Twin", ownerId: null };
      await updateGroup(ctx, { ...edit, name: "Reg\u200bression" });

      // Once the other is gone, the next start gives them their new keys.
      await db.delete(users).where(eq(users.id, medial));
      await db.delete(groups).where(eq(groups.id, plainGroup));
      await foldAll(db);
      expect(await keysOf(db, final)).toEqual(["nikos.1@northwind.example", "νίκοσ"]);
      expect(await entersAs("ΝΊΚΟΣ")).toBe(final);
      expect((await db.select().from(groups).where(eq(groups.id, twin)))[0]).toMatchObject({ nameKey: "regression" });
    }),
  60_000,
);

test(
  "a job that is stopped continues where it was, and two processes do it once",
  () =>
    withFreshDatabase("fold_batches", async (db) => {
      await db.transaction((tx) => installPreset(tx, "quality_assurance"));
      const one = await makeUser(db);
      const rows = Array.from({ length: 1_201 }, (_, at) => {
        const named = { username: `user.${at}`, email: `user.${at}@northwind.example` };
        const columns = nameColumns({ ...one, ...named });
        return { ...one, id: newId(), ...named, ...columns, search: "", keyVersion: 1 };
      });
      await db.insert(users).values(rows);
      await db
        .insert(signInNames)
        .values(
          rows.flatMap(({ id, usernameKey, emailKey }) => [usernameKey, emailKey].map((key) => ({ key, userId: id }))),
        );
      const first = await foldBatch(db, "users", null);
      expect(first?.table).toBe("users");
      expect(await db.$count(users, eq(users.keyVersion, 1))).toBe(701);
      await db.transaction(async (tx) => {
        await foldBatch(tx, "users", first?.after ?? null);
        expect(await foldBatch(db, "users", null)).toBeNull();
      });
      expect(await db.$count(users, eq(users.keyVersion, 1))).toBe(201);
      await foldAll(db);
      expect(await db.$count(users, eq(users.keyVersion, 1))).toBe(0);
      expect(await db.$count(users, eq(users.search, ""))).toBe(0);
    }),
  60_000,
);
