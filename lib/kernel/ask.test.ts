import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { events, roleCombinations, roleOperations, roles, userRoles, users } from "@/db/schema";
import { accessGiven, givenTo, loadCatalogue } from "@/lib/authz/catalogue";
import { answerOf, type Decision, notNow, yes } from "@/lib/authz/decision";
import { loadAccess } from "@/lib/authz/load";
import type { Scope } from "@/lib/authz/model";
import type { Ctx } from "@/lib/context";
import { invalidField } from "@/lib/errors";
import { mayRun } from "@/lib/kernel/ask";
import { command } from "@/lib/kernel/command";
import { run } from "@/lib/kernel/run";
import type { Work } from "@/lib/kernel/steps";
import { carriedKeys, operationOf } from "@/lib/operations";
import { lockUser } from "@/lib/people/target";
import { company } from "@/lib/testing/company";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { updateUser } from "@/lib/users/commands/update";
import { storedForm } from "@/lib/users/conflict";
import { userOperations } from "@/lib/users/operations";

type Held = { operation: string; scope: Scope }[];

async function makeRole(tx: Tx, name: string, operations: Held) {
  const [role] = await tx.insert(roles).values({ name, nameKey: name.toLowerCase(), kind: "additional" }).returning();
  await tx.insert(roleOperations).values(operations.map((held) => ({ roleId: role!.id, ...held })));
  return role!;
}

const widest: Held = carriedKeys.map((operation) => ({ operation, scope: operationOf(operation).scopes[0]! }));

/** Somebody who may do everything but for these operations, and without the built-in Admin. */
async function allBut(tx: Tx, ...left: string[]) {
  const held = widest.filter(({ operation }) => !left.includes(operation));
  const role = await makeRole(tx, "Nearly everything", held);
  const person = await makeUser(tx, { firstName: "Nora", primaryRole: "Quality Manager" });
  await tx.insert(userRoles).values({ userId: person.id, roleId: role.id });
  return as(tx, person);
}

type Roles = { primaryRoleId?: string; additionalRoleIds: string[] };

/** The form "User Details" with other roles: what it answers when it is asked and when it is tried. */
async function answers(tx: Tx, ctx: Ctx, id: string, given: Roles): Promise<{ asked: Decision; tried: Decision }> {
  const [person] = await tx.select().from(users).where(eq(users.id, id));
  const { memberships: _, roleEnds: __, ...form } = await storedForm(tx, person!);
  const input = { id, ...form, accessEndsAt: null, password: "", confirmPassword: "", ...given };
  const access = await loadAccess(tx, id, ctx.now());
  const { primaryId } = givenTo(access);
  const directIds = given.additionalRoleIds;
  const after = accessGiven(access, await loadCatalogue(tx), {
    primaryId: given.primaryRoleId ?? primaryId,
    directIds,
  });
  const asked = await mayRun(ctx, updateUser, input, { after });
  const tried = await run(ctx, updateUser, input, { dryRun: true }).then(() => yes, answerOf);
  return { asked, tried };
}

const no = (code: string, reason: RegExp) => ({ ok: false, code, reason: expect.stringMatching(reason) });

describe("what somebody would hold is checked as what they come to hold", () => {
  test("a role that becomes active, and that the actor does not hold (R8)", () =>
    rolledBack(async (tx) => {
      const { lee } = await company(tx);
      const manager = await roleNamed(tx, "Quality Manager");
      const sleeper = await makeRole(tx, "Sleeper", [{ operation: "user.purge", scope: "all" }]);
      await tx.insert(roleCombinations).values({ roleId: sleeper.id, primaryRoleId: manager.id });
      await tx.insert(userRoles).values({ userId: lee.id, roleId: sleeper.id });
      const ctx = await allBut(tx, "user.purge");
      const given = { primaryRoleId: manager.id, additionalRoleIds: [sleeper.id] };
      const { asked, tried } = await answers(tx, ctx, lee.id, given);
      expect(asked).toEqual(no("forbidden", /^This would put "Sleeper" in force, which carries "/));
      expect(asked).toEqual(tried);
    }));

  test("the last administrator stays one (U15), and any other may go", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await allBut(tx);
      const last = await answers(tx, ctx, ada.id, { additionalRoleIds: [] });
      expect(last.asked).toEqual(no("precondition", /^Ada Admin is the last active administrator/));
      expect(last.asked).toEqual(last.tried);
      await makeUser(tx, { primaryRole: "Quality Manager", roles: ["Admin"] });
      expect(await answers(tx, ctx, ada.id, { additionalRoleIds: [] })).toEqual({ asked: yes, tried: yes });
    }));

  test("nobody takes administration from themselves (U16)", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      await makeUser(tx, { primaryRole: "Quality Manager", roles: ["Admin"] });
      const { asked, tried } = await answers(tx, await as(tx, ada), ada.id, { additionalRoleIds: [] });
      expect(asked).toEqual(no("precondition", /^You cannot remove or limit your own administration/));
      expect(asked).toEqual(tried);
    }));

  test("of somebody else it says nothing", () =>
    rolledBack(async (tx) => {
      const { ada, eve, lee } = await company(tx);
      const ctx = await as(tx, ada);
      const after = await loadAccess(tx, lee.id, ctx.now());
      await expect(mayRun(ctx, renameUser, { id: eve.id, firstName: "Eva" }, { after })).rejects.toThrow(
        /somebody else/,
      );
    }));
});

const input = z.strictObject({ id: z.uuid(), firstName: z.string() });
const target = ({ ctx, tx }: Work, { id }: { id: string }) => lockUser(ctx, tx, id);

const renameUser = command(userOperations["user.unlock"], {
  key: "test.rename",
  input,
  before: async () => {
    throw new Error("Nothing is counted where it is only asked");
  },
  target,
  already: ({ firstName }, given) => (firstName === given.firstName ? { value: null } : null),
  allowed: (_, { firstName }) => (firstName === "Adam" ? notNow("She is not Adam.") : yes),
  check: (_, __, { firstName }) => {
    if (firstName === "") throw invalidField("firstName", "A name has a letter.");
  },
  change: async () => {
    throw new Error("Nothing is changed where it is only asked");
  },
});

describe("a command that is asked", () => {
  test("answers what it decides, step by step, and logs nothing", () =>
    rolledBack(async (tx) => {
      const { ada, lee, eve } = await company(tx);
      const before = await tx.$count(events);
      const may = async (who: { id: string }, firstName: string, id = eve.id) =>
        mayRun(await as(tx, who), renameUser, { id, firstName });
      expect(await may(ada, "Eva")).toEqual(yes);
      expect(await may(ada, "Eve"), "already so").toEqual(yes);
      expect(await may(ada, "Adam")).toEqual(no("precondition", /not Adam/));
      expect(await may(ada, "")).toEqual(no("precondition", /has a letter/));
      expect(await may(lee, "Eva")).toEqual(no("forbidden", /unlock/));
      expect(await may(lee, "Eva", ada.id)).toEqual(no("forbidden", /doesn't exist, or/));
      await tx.update(users).set({ status: "disabled" }).where(eq(users.id, ada.id));
      expect(await may(ada, "Eva")).toEqual(no("precondition", /no longer active/));
      expect(await tx.$count(events)).toBe(before);
    }));

  test("has no way to write or to lock: a step that tries fails", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await as(tx, ada);
      const writing = command(userOperations["user.unlock"], {
        input,
        target: async (work, { id, firstName }) => {
          await work.tx.update(users).set({ firstName }).where(eq(users.id, id));
          return { id, person: null, record: null, trace: null };
        },
        change: async () => ({ value: null, after: null }),
      });
      const nested = command(userOperations["user.unlock"], {
        input,
        target: async (work, given) => {
          await renameUser(work.ctx, given);
          return { id: given.id, person: null, record: null, trace: null };
        },
        change: async () => ({ value: null, after: null }),
      });
      for (const verb of [writing, nested])
        await expect(mayRun(ctx, verb, { id: eve.id, firstName: "Eva" })).rejects.not.toHaveProperty("code");
      expect((await tx.select().from(users).where(eq(users.id, eve.id)))[0]?.firstName).toBe("Eve");
    }));
});
