import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { groupRoles, groups, passwords, sessions, users } from "@/db/schema";
import { staleProblem } from "@/lib/audit/raiser";
import { mayRun } from "@/lib/kernel/ask";
import { company } from "@/lib/testing/company";
import { as, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { archiveUser } from "@/lib/users/commands/archive";
import { disableUser, enableUser } from "@/lib/users/commands/disable";
import { restoreUser } from "@/lib/users/commands/restore";
import { updateAccess } from "@/lib/users/commands/update-access";
import { storedForm } from "@/lib/users/conflict";
import { wayBackFrom } from "@/lib/users/undo";

const stored = async (tx: Tx, { id }: { id: string }) => (await tx.select().from(users).where(eq(users.id, id)))[0]!;

/** The company with two administrators and Nina, who is in a group. */
async function scene(tx: Tx) {
  const people = await company(tx);
  const bob = await makeUser(tx, { firstName: "Bob", primaryRole: "Quality Manager", roles: ["Admin"] });
  const nina = await makeUser(tx, { firstName: "Nina" });
  return { ...people, bob, nina, asAda: await as(tx, people.ada), asBob: await as(tx, bob) };
}

/** Another administrator makes a new version of her. */
async function savedBy(ctx: Awaited<ReturnType<typeof as>>, tx: Tx, person: { id: string }) {
  const { memberships, roleEnds, version } = await storedForm(tx, await stored(tx, person));
  const dated = <T extends { endsAt: string | null }>(held: T) => ({
    ...held,
    endsAt: held.endsAt === null ? null : new Date(held.endsAt),
  });
  await updateAccess(ctx, {
    id: person.id,
    version,
    memberships: memberships.map(dated),
    roleEnds: roleEnds.map(dated),
  });
}

describe("the way back from what was just done to a user", () => {
  test("disable: enables again by an ordinary event, and leaves sessions ended (U12)", () =>
    rolledBack(async (tx) => {
      const { asAda, nina } = await scene(tx);
      await disableUser(asAda, { id: nina.id, reason: "A slip", until: null });
      const back = await wayBackFrom(asAda, { done: "disable", id: nina.id });
      await enableUser(asAda, back!);
      expect(await stored(tx, nina)).toMatchObject({ status: "active", disabledReason: null });
      expect(await lastEvent(tx)).toMatchObject({ operation: "user.enable" });
      const open = await tx.select().from(sessions).where(eq(sessions.userId, nina.id));
      expect(open.filter(({ endedAt }) => endedAt === null)).toEqual([]);
    }));

  test("remove: restores, hands back what was handed on, and brings no password back (U11, U13)", () =>
    rolledBack(async (tx) => {
      const { asAda, quinn, nina } = await scene(tx);
      const report = await makeUser(tx, { firstName: "Ella", managerId: nina.id });
      const [nights] = await tx
        .insert(groups)
        .values({ name: "Nights", nameKey: "nights", ownerId: nina.id })
        .returning();
      const left = await archiveUser(asAda, {
        id: nina.id,
        owners: [{ id: nights!.id, ownerId: quinn.id }],
        managerId: quinn.id,
      });
      const handedOn = left.objects + left.reports;
      expect(await wayBackFrom(asAda, { done: "archive", id: nina.id, handedOn: handedOn + 1 })).toBeNull();
      const back = await wayBackFrom(asAda, { done: "archive", id: nina.id, handedOn });
      await restoreUser(asAda, back!);
      expect((await stored(tx, nina)).status).toBe("active");
      expect((await stored(tx, report)).managerId).toBe(nina.id);
      expect(await tx.select().from(groups).where(eq(groups.id, nights!.id))).toMatchObject([{ ownerId: nina.id }]);
      expect(await tx.select().from(passwords).where(eq(passwords.userId, nina.id))).toEqual([]);
    }));

  test("remove: none where something cannot be handed back", () =>
    rolledBack(async (tx) => {
      const { asAda, quinn, lee, nina } = await scene(tx);
      const report = await makeUser(tx, { firstName: "Ella", managerId: nina.id });
      await archiveUser(asAda, { id: nina.id, owners: [], managerId: quinn.id });
      await tx.update(users).set({ managerId: lee.id }).where(eq(users.id, report.id));
      expect(await wayBackFrom(asAda, { done: "archive", id: nina.id, handedOn: 1 })).toBeNull();
    }));

  test("restore: archives again", () =>
    rolledBack(async (tx) => {
      const { asAda, nina } = await scene(tx);
      await archiveUser(asAda, { id: nina.id, owners: [], managerId: null });
      await restoreUser(asAda, { id: nina.id });
      const back = await wayBackFrom(asAda, { done: "restore", id: nina.id });
      await archiveUser(asAda, { ...back!, owners: [], managerId: null });
      expect(await stored(tx, nina)).toMatchObject({ status: "archived", statusBeforeArchive: "active" });
      expect(await lastEvent(tx)).toMatchObject({ operation: "user.archive" });
    }));

  test("is not offered to actors who may not run the command backwards, or for somebody out of sight", () =>
    rolledBack(async (tx) => {
      const { asAda, lee, nina } = await scene(tx);
      const asLee = await as(tx, lee);
      await disableUser(asAda, { id: nina.id, reason: "A slip", until: null });
      expect(await wayBackFrom(asLee, { done: "disable", id: nina.id })).toBeNull();
    }));

  test("is refused with the sentence of a conflict once somebody else has saved the user (U9)", () =>
    rolledBack(async (tx) => {
      const { asAda, asBob, nina } = await scene(tx);
      const refused = {
        code: "conflict",
        message: expect.stringMatching(/^Bob Person saved Nina Person in the meantime, so your changes/),
        details: { problem: staleProblem },
      };
      await disableUser(asAda, { id: nina.id, reason: "A slip", until: null });
      const disabled = await wayBackFrom(asAda, { done: "disable", id: nina.id });
      await savedBy(asBob, tx, nina);
      await expect(enableUser(asAda, disabled!)).rejects.toMatchObject(refused);
      expect((await stored(tx, nina)).status).toBe("disabled");

      await archiveUser(asAda, { id: nina.id, owners: [], managerId: null });
      const removed = await wayBackFrom(asAda, { done: "archive", id: nina.id, handedOn: 0 });
      await restoreUser(asBob, { id: nina.id });
      await archiveUser(asBob, { id: nina.id, owners: [], managerId: null });
      await expect(restoreUser(asAda, removed!)).rejects.toMatchObject(refused);

      await restoreUser(asAda, { id: nina.id });
      const restored = await wayBackFrom(asAda, { done: "restore", id: nina.id });
      await savedBy(asBob, tx, nina);
      await expect(archiveUser(asAda, { ...restored!, owners: [], managerId: null })).rejects.toMatchObject(refused);
    }));

  test("is refused once somebody has changed the state again, which makes no version, and says who (U9, U10)", () =>
    rolledBack(async (tx) => {
      const { asAda, asBob, nina } = await scene(tx);
      const back = async (done: "disable" | "restore") => (await wayBackFrom(asAda, { done, id: nina.id }))!;
      const since = (what: string) => ({ code: "conflict", message: `${what} since then, so nothing was undone.` });
      const disable = (ctx: typeof asAda) => disableUser(ctx, { id: nina.id, reason: "A slip", until: null });

      await disable(asAda);
      const first = await back("disable");
      await enableUser(asBob, { id: nina.id });
      await disable(asBob);
      await expect(enableUser(asAda, first)).rejects.toMatchObject(since("Bob Person has disabled Nina Person"));
      expect((await stored(tx, nina)).status).toBe("disabled");
      expect(
        await wayBackFrom(asAda, { done: "disable", id: nina.id }),
        "what Bob did is not Ada's to undo",
      ).toBeNull();

      await enableUser(asAda, { id: nina.id });
      await disable(asAda);
      const second = await back("disable");
      await enableUser(asAda, { id: nina.id });
      await disable(asAda);
      await expect(enableUser(asAda, second)).rejects.toMatchObject(since("You have disabled Nina Person"));

      await archiveUser(asAda, { id: nina.id, owners: [], managerId: null });
      await restoreUser(asAda, { id: nina.id });
      const restored = await back("restore");
      await enableUser(asBob, { id: nina.id });
      await expect(archiveUser(asAda, { ...restored, owners: [], managerId: null })).rejects.toMatchObject(
        since("Bob Person has enabled Nina Person"),
      );
      expect((await stored(tx, nina)).status).toBe("active");
    }));

  test("R8: a role that was taken away is offered back only to actors who may give it", () =>
    rolledBack(async (tx) => {
      const { asAda, lee, nina } = await scene(tx);
      const admin = await roleNamed(tx, "Admin");
      const [group] = await tx.insert(groups).values({ name: "Keys", nameKey: "keys" }).returning();
      await tx.insert(groupRoles).values({ groupId: group!.id, roleId: admin.id });
      const { version } = await stored(tx, nina);
      const back = { id: nina.id, version, memberships: [{ groupId: group!.id, endsAt: null }], roleEnds: [] };
      expect(await mayRun(asAda, updateAccess, back)).toEqual({ ok: true });
      expect((await mayRun(await as(tx, lee), updateAccess, back)).ok).toBe(false);
    }));
});
