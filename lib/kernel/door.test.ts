import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { events, userRoles, users } from "@/db/schema";
import { notNow } from "@/lib/authz/decision";
import { operator } from "@/lib/authz/principal";
import { type Ctx, createContext } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import { fullName } from "@/lib/normalization/names";
import { type GrantingOperation, operationKeys, operationOf } from "@/lib/operations";
import type { UserRow } from "@/lib/people/scoped";
import { lockUser } from "@/lib/people/target";
import { company, refused } from "@/lib/testing/company";
import { as, asOperator, lastEvent, rolledBack } from "@/lib/testing/database";
import { userOperations } from "@/lib/users/operations";

const rename = (tx: Tx, person: UserRow, firstName: string) =>
  tx.update(users).set({ firstName }).where(eq(users.id, person.id));

const firstNameOf = async (tx: Tx, { id }: UserRow) =>
  (await tx.select({ firstName: users.firstName }).from(users).where(eq(users.id, id)))[0]?.firstName;

const count = (tx: Tx) => tx.$count(events);

const input = z.strictObject({ id: z.uuid() });
const operation = userOperations["user.unlock"];

/** The simplest change through the door: a new first name, as `user.unlock`, which any state allows here. */
const renaming = (ctx: Ctx, person: UserRow, meanwhile: (tx: Tx) => Promise<void> = async () => {}) =>
  command(operation, {
    input,
    target: (work, { id }) => lockUser(work.ctx, work.tx, id),
    change: async ({ tx }) => {
      await rename(tx, person, "Changed");
      await meanwhile(tx);
      return { value: "done", after: { firstName: "Changed" } };
    },
  })(ctx, { id: person.id });

describe("a change and its event are one (L2)", () => {
  test("a change writes one event, with what was and what is", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const before = await count(tx);
      expect(await renaming(await as(tx, ada), eve)).toBe("done");
      expect(await count(tx)).toBe(before + 1);
      const event = await lastEvent(tx);
      expect(event).toMatchObject({
        operation: "user.unlock",
        outcome: "succeeded",
        actorKind: "person",
        actorId: ada.id,
        targetKind: "user",
        targetId: eve.id,
        personId: eve.id,
      });
      expect(event.values["change.firstName"]).toEqual(["Eve", "Changed"]);
      expect(Object.keys(event.commitments).sort()).toEqual(Object.keys(event.values).sort());
    }));

  test("what is done already is answered, once the actor may do it at all, with neither change nor event", () =>
    rolledBack(async (tx) => {
      const { ada, quinn, eve } = await company(tx);
      const before = await count(tx);
      const again = async (actor: UserRow) =>
        command(operation, {
          input,
          target: (work, { id }) => lockUser(createContext(work.tx, operator), work.tx, id),
          already: ({ id }) => ({ value: id }),
          allowed: () => notNow("Never."),
          change: () => Promise.reject(new Error("changed")),
        })(await as(tx, actor), { id: eve.id });
      expect(await again(ada)).toBe(eve.id);
      expect(await count(tx)).toBe(before);
      await expect(again(quinn)).rejects.toEqual(refused("forbidden"));
    }));

  test("an event that cannot be written rolls the change back", () =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      const before = await count(tx);
      const noMonth = createContext(tx, operator, { now: () => new Date("2090-01-01T00:00:00Z") });
      await expect(renaming(noMonth, eve)).rejects.toThrow();
      expect(await firstNameOf(tx, eve)).toBe("Eve");
      expect(await count(tx)).toBe(before);
    }));

  test("a refusal rolls back what was written, and one event records it", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const before = await count(tx);
      const refusal = new AppError("precondition", "Not on a Sunday.");
      const ctx = createContext(tx, (await as(tx, ada)).actor, {
        source: { address: "10.0.0.7", agent: "Firefox", requestId: "r-1" },
      });
      await expect(renaming(ctx, eve, () => Promise.reject(refusal))).rejects.toBe(refusal);
      expect(await firstNameOf(tx, eve)).toBe("Eve");
      expect(await count(tx)).toBe(before + 1);
      expect(await lastEvent(tx)).toMatchObject({
        outcome: "refused",
        actorId: ada.id,
        targetId: eve.id,
        personId: eve.id,
        requestId: "r-1",
        values: { "fact.reason": "Not on a Sunday.", address: "10.0.0.7", agent: "Firefox" },
      });
    }));

  test("what nobody foresaw is a failure, whose words stay out of the log", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const fault = new Error("connection to 10.0.0.9 lost");
      await expect(renaming(await as(tx, ada), eve, () => Promise.reject(fault))).rejects.toBe(fault);
      expect(await firstNameOf(tx, eve)).toBe("Eve");
      expect(await lastEvent(tx)).toMatchObject({ outcome: "failed", targetId: eve.id, values: {} });
    }));

  test("a target out of sight is logged by the id that was asked for", () =>
    rolledBack(async (tx) => {
      const { lee, ada } = await company(tx);
      await expect(renaming(await as(tx, lee), ada)).rejects.toEqual(refused("not_found"));
      expect(await lastEvent(tx)).toMatchObject({ outcome: "refused", actorId: lee.id, targetId: ada.id });
    }));
});

describe("the decision is made inside the transaction", () => {
  test.each([
    ["disabled", { status: "disabled" }],
    ["archived", { status: "archived" }],
    ["invited again", { status: "invited" }],
    ["ended", { accessEndsAt: new Date(Date.now() - 1000) }],
  ] as const)("an actor who was %s meanwhile is refused", (_, columns) =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await as(tx, ada);
      await tx.update(users).set(columns).where(eq(users.id, ada.id));
      await expect(renaming(ctx, eve)).rejects.toEqual(refused("unauthenticated", /no longer active/));
      expect(await firstNameOf(tx, eve)).toBe("Eve");
      expect(await lastEvent(tx)).toMatchObject({ outcome: "refused", actorId: ada.id });
    }),
  );

  test("a role that was taken away meanwhile opens nothing any more", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await as(tx, ada);
      await tx.delete(userRoles).where(eq(userRoles.userId, ada.id));
      await expect(renaming(ctx, eve)).rejects.toMatchObject({
        code: expect.stringMatching(/^(forbidden|not_found)$/),
      });
      expect(await firstNameOf(tx, eve)).toBe("Eve");
    }));

  test("the rule of the state is asked only after the decision about the person", () =>
    rolledBack(async (tx) => {
      const { lee, ada, eve } = await company(tx);
      const judged: string[] = [];
      const withRule = (ctx: Ctx) =>
        command(operation, {
          input,
          target: (work, { id }) => lockUser(work.ctx, work.tx, id),
          allowed: (person) => {
            judged.push(fullName(person));
            return notNow("She is not locked.");
          },
          change: async () => ({ value: null, after: null }),
        })(ctx, { id: eve.id });
      await expect(withRule(await as(tx, lee))).rejects.toEqual(refused("forbidden"));
      expect(judged).toEqual([]);
      await expect(withRule(await as(tx, ada))).rejects.toEqual(refused("precondition", /not locked/));
      expect(judged).toEqual(["Eve Engineer"]);
    }));

  test("only createContext gives a way to a transaction", () =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      const forged = { ...asOperator(tx), db: { ...asOperator(tx).db } } as Ctx;
      await expect(renaming(forged, eve)).rejects.toThrow("not made by createContext");
    }));
});

describe("what the types refuse", () => {
  const granting = [
    "user.create",
    "user.update",
    "user.archive",
    "user.restore",
    "service_account.create",
    "service_account.update",
    "group.create",
    "group.update",
    "group.add_member",
    "role.create",
    "role.update",
    "role.install",
    "identity.create",
    "identity.join_groups",
  ] as const;

  test("these are the operations that can cause somebody to hold more (R8)", () => {
    expect(operationKeys.filter((key) => operationOf(key).grants)).toEqual([...granting]);
    const all: readonly GrantingOperation[] = granting;
    const none: Exclude<GrantingOperation, (typeof granting)[number]>[] = [];
    expect([all.length, none.length]).toEqual([granting.length, 0]);
  });

  /** Never run: each line is an error of types, or this file does not compile. */
  const silent = (ctx: Ctx) => {
    // @ts-expect-error: ctx.db can only read
    void ctx.db.insert;
    // @ts-expect-error: ctx.db can only read
    void ctx.db.update;
    // @ts-expect-error: ctx.db can only read
    void ctx.db.delete;
    // @ts-expect-error: ctx.db can only read
    void ctx.db.execute;
    // @ts-expect-error: ctx.db can only read
    void ctx.db.transaction;
    // @ts-expect-error: not through a common table expression either
    void ctx.db.with().update;
  };

  test("a write outside the door does not compile", () => {
    expect(silent).toBeTypeOf("function");
  });
});
