import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { events, throttles, userRoles, users } from "@/db/schema";
import { raised } from "@/lib/audit/raise";
import { throttle } from "@/lib/auth/throttle";
import { notNow, yes } from "@/lib/authz/decision";
import { nobody, operator } from "@/lib/authz/principal";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import { lockWait } from "@/lib/kernel/dry-run";
import { run } from "@/lib/kernel/run";
import type { Work } from "@/lib/kernel/steps";
import { lockUser } from "@/lib/people/target";
import { company, refused } from "@/lib/testing/company";
import { as, asOperator, lastEvent, rolledBack } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { userOperations } from "@/lib/users/operations";

const input = z.strictObject({ id: z.uuid(), firstName: z.string() });
type Input = z.output<typeof input>;
const operation = userOperations["user.unlock"];

const target = ({ ctx, tx }: Work, { id }: Input) => lockUser(ctx, tx, id);

async function rename({ tx }: Work, { id, firstName }: Input) {
  await tx.update(users).set({ firstName }).where(eq(users.id, id));
  return { value: firstName, after: { firstName } };
}

/** The simplest command: a first name, by an operation that any state allows here. */
const renameUser = command(operation, {
  key: "test.rename",
  input,
  target,
  change: (work, _, given) => rename(work, given),
});

const firstNameOf = async (tx: Tx, { id }: { id: string }) =>
  (await tx.select({ firstName: users.firstName }).from(users).where(eq(users.id, id)))[0]?.firstName;
const count = (tx: Tx) => tx.$count(events);

describe("a command", () => {
  test("changes, and writes its event; a stack names it", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      expect(await renameUser(await as(tx, ada), { id: eve.id, firstName: "Eva" })).toBe("Eva");
      expect(await lastEvent(tx)).toMatchObject({ operation: "user.unlock", outcome: "succeeded", targetId: eve.id });
      expect((await lastEvent(tx)).values["change.firstName"]).toEqual(["Eve", "Eva"]);
      const missing = await renameUser(asOperator(tx), { id: ada.id.replace(/^./, "f"), firstName: "X" }).catch(
        (e) => e,
      );
      expect(missing).toEqual(refused("not_found"));
      expect(missing.stack).toContain("test.rename");
    }));

  test("reads in its transaction, with the access that its actor has now", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await as(tx, ada);
      await tx.delete(userRoles).where(eq(userRoles.userId, ada.id));
      const seen: string[] = [];
      const looking = command(operation, {
        input,
        target: async (work, given) => {
          await rename(work, given);
          const [own] = await work.ctx.db.select().from(users).where(eq(users.id, given.id));
          seen.push(own?.firstName ?? "", ...work.ctx.actor.access.roles.map(({ name }) => name));
          return { id: given.id, person: null, record: null, trace: null };
        },
        change: async () => ({ value: null, after: null }),
      });
      await expect(looking(ctx, { id: eve.id, firstName: "Eva" })).rejects.toEqual(refused("forbidden"));
      expect(ctx.actor.access.roles.map(({ name }) => name)).toContain("Admin");
      expect(seen).toEqual(["Eva", "Quality Manager"]);
      expect(await firstNameOf(tx, eve), "and it was rolled back").toBe("Eve");
    }));
});

describe("a command inside another", () => {
  const outer = (fail: boolean) =>
    command(operation, {
      input,
      target,
      change: async (work, _, given) => {
        await renameUser(work.ctx, { ...given, firstName: "Inner" });
        if (fail) throw new AppError("precondition", "Not today.");
        const { versionEventId } = raised(work.tx, users);
        return { value: versionEventId ?? "", after: { firstName: "Inner" } };
      },
    });

  test("is part of it, with an event of its own; a row raised afterwards names the outer one's event", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const before = await count(tx);
      const announced = await outer(false)(await as(tx, ada), { id: eve.id, firstName: "" });
      expect(await firstNameOf(tx, eve)).toBe("Inner");
      expect(await count(tx)).toBe(before + 2);
      const [own] = await tx.select().from(events).where(eq(events.id, announced));
      expect(own?.operation).toBe("user.unlock");
      const inner = (await tx.select({ id: events.id }).from(events))
        .map(({ id }) => id)
        .toSorted()
        .at(-1);
      expect(announced).not.toBe(inner);
    }));

  test("rolls back with it, its event too", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const before = await count(tx);
      const given = { id: eve.id, firstName: "" };
      await expect(outer(true)(await as(tx, ada), given)).rejects.toEqual(refused("precondition"));
      expect(await firstNameOf(tx, eve)).toBe("Eve");
      expect(await count(tx)).toBe(before + 1);
      expect(await lastEvent(tx)).toMatchObject({ outcome: "refused" });
    }));
});

describe("before", () => {
  const counted = command(operation, {
    input,
    before: (ctx) => throttle(ctx, "client.register"),
    target,
    change: (work, _, given) => rename(work, given),
  });
  const attempts = (tx: Tx) => tx.$count(throttles);

  test("is done outside the transaction: what it writes stays when the command is refused, and in a dry run", () =>
    rolledBack(async (tx) => {
      const { lee, ada } = await company(tx);
      await expect(counted(await as(tx, lee), { id: ada.id, firstName: "X" })).rejects.toEqual(refused("not_found"));
      expect(await attempts(tx)).toBe(1);
      await tx.delete(throttles);
      await run(await as(tx, ada), counted, { id: lee.id, firstName: "X" }, { dryRun: true });
      expect(await attempts(tx)).toBe(1);
    }));

  test("refuses without an event", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const refusing = command(operation, {
        input,
        before: async () => {
          throw new AppError("rate_limited", "Too many.");
        },
        target,
        change: (work, _, given) => rename(work, given),
      });
      const before = await count(tx);
      const given = { id: eve.id, firstName: "Eva" };
      await expect(refusing(await as(tx, ada), given)).rejects.toEqual(refused("rate_limited"));
      expect([await count(tx), await firstNameOf(tx, eve)]).toEqual([before, "Eve"]);
    }));
});

test("a refusal that a change returns is thrown, and what was written stays with an event that says refused", () =>
  rolledBack(async (tx) => {
    const { ada, eve } = await company(tx);
    const refusal = new AppError("conflict", "That was noted.", { named: [ada.id] });
    const noting = command(operation, {
      input,
      target,
      change: async (work, _, given) => ({ ...(await rename(work, given)), refusal }),
    });
    const before = await count(tx);
    await expect(noting(await as(tx, ada), { id: eve.id, firstName: "Noted" })).rejects.toBe(refusal);
    expect(await firstNameOf(tx, eve)).toBe("Noted");
    expect(await count(tx)).toBe(before + 1);
    const event = await lastEvent(tx);
    expect(event).toMatchObject({ outcome: "refused", namedIds: [ada.id] });
    expect(event.values["fact.reason"]).toBe("That was noted.");
  }));

test("a command for a person is refused to everybody else, before it does anything", () =>
  rolledBack(async (tx) => {
    const { ada, eve } = await company(tx);
    let done = 0;
    const own = command(operation, {
      for: "person",
      input,
      before: async () => {
        done += 1;
      },
      target: async (work: Work<Ctx<Person>>, given) => {
        done += 1;
        return target(work, given);
      },
      change: (work, _, given) => rename(work, given),
    });
    const given = { id: eve.id, firstName: "Eva" };
    for (const actor of [operator, nobody]) {
      const before = await count(tx);
      const ctx = createContext(tx, actor) as Ctx as Ctx<Person>;
      await expect(own(ctx, given)).rejects.toEqual(refused("forbidden", /signed-in person/));
      expect(await count(tx)).toBe(before + 1);
      expect(await lastEvent(tx)).toMatchObject({ outcome: "refused", actorKind: actor.kind, targetId: eve.id });
    }
    expect(done).toBe(0);
    expect(await own(await as(tx, ada), given)).toBe("Eva");
    expect(done).toBe(2);
  }));

describe("already", () => {
  const prepared: string[] = [];
  const twice = command(operation, {
    input,
    target,
    already: (person, { firstName }) => (person.firstName === firstName ? { value: firstName } : null),
    allowed: (person) => (person.firstName === "Eva" ? notNow("She is Eva already.") : yes),
    prepare:
      ({ firstName }) =>
      async () => {
        prepared.push(firstName);
      },
    change: (work, _, given) => rename(work, given),
  });

  test("a second click gives the same, changes nothing and logs nothing", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await as(tx, ada);
      const given = { id: eve.id, firstName: "Eva" };
      expect(await twice(ctx, given)).toBe("Eva");
      const before = await count(tx);
      expect(await twice(ctx, given)).toBe("Eva");
      expect([await count(tx), await firstNameOf(tx, eve)]).toEqual([before, "Eva"]);
      expect(prepared).toEqual(["Eva"]);
    }));

  test("is asked of nobody who may not do it anyway", () =>
    rolledBack(async (tx) => {
      const { lee, eve } = await company(tx);
      await expect(twice(await as(tx, lee), { id: eve.id, firstName: "Eve" })).rejects.toEqual(refused("forbidden"));
    }));
});

describe("a dry run", () => {
  test("gives what would be, and leaves nothing", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const before = await count(tx);
      const given = { id: eve.id, firstName: "Eva" };
      const would = await run(await as(tx, ada), renameUser, given, { dryRun: true });
      expect(would).toMatchObject({ value: "Eva", before: { firstName: "Eve" }, after: { firstName: "Eva" } });
      expect([await count(tx), await firstNameOf(tx, eve)]).toEqual([before, "Eve"]);
    }));

  test("is inspected before it is rolled back", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const given = { id: eve.id, firstName: "Eva" };
      const inspect = (made: Tx) => firstNameOf(made, eve);
      const would = await run(await as(tx, ada), renameUser, given, { dryRun: true, inspect });
      expect([would.value, would.inspected, await firstNameOf(tx, eve)]).toEqual(["Eva", "Eva", "Eve"]);
    }));

  test("is refused as the command would be, without an event", () =>
    rolledBack(async (tx) => {
      const { lee, ada } = await company(tx);
      const before = await count(tx);
      const given = { id: ada.id, firstName: "X" };
      await expect(run(await as(tx, lee), renameUser, given, { dryRun: true })).rejects.toEqual(refused("not_found"));
      expect(await count(tx)).toBe(before);
    }));
});

describe("a dry run beside a change", () => {
  const [here, there] = twoProcesses("dry_run");

  test("does not wait for it for long, and says to try again", async () => {
    const { ada, eve } = await company(here);
    const ctx = await as(there, ada);
    await here.transaction(async (tx) => {
      await tx.select().from(users).where(eq(users.id, eve.id)).for("update");
      const begin = performance.now();
      await expect(run(ctx, renameUser, { id: eve.id, firstName: "Eva" }, { dryRun: true })).rejects.toEqual(
        refused("conflict", /Try again/),
      );
      expect(performance.now() - begin).toBeGreaterThan(lockWait * 0.9);
    });
    const [row] = await there.execute<{ timeout: string }>(sql`select current_setting('lock_timeout') as timeout`);
    expect(row?.timeout, "and no other statement has the limit").toBe("0");
    expect(await run(ctx, renameUser, { id: eve.id, firstName: "Eva" }, { dryRun: true })).toMatchObject({
      value: "Eva",
    });
  });
});
