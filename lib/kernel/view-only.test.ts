import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { events } from "@/db/schema";
import { personActor } from "@/lib/auth/person";
import { loadAccess } from "@/lib/authz/load";
import { type Ctx, createContext, type Person, transactionsOf } from "@/lib/context";
import { mayRun } from "@/lib/kernel/ask";
import { run } from "@/lib/kernel/run";
import { runAll } from "@/lib/kernel/run-all";
import { commands } from "@/lib/registry";
import { company, refused } from "@/lib/testing/company";
import { lastEvent, rolledBack } from "@/lib/testing/database";
import { tell } from "@/lib/testing/thorough";
import { disableUser } from "@/lib/users/commands/disable";

type One = { id: string };

/** Somebody who views as another person, as a request makes them. */
async function viewing(tx: Tx, viewer: One, viewed: One): Promise<Ctx<Person>> {
  const access = await loadAccess(tx, viewed.id, new Date());
  const view = { personId: viewed.id, name: "Ada Admin", until: new Date(Date.now() + 60_000) };
  return createContext(tx, personActor({ id: viewer.id, sessionId: null, access, viewing: view }));
}

const readOnly = refused("precondition", /^You're viewing as Ada Admin\. Stop viewing to make changes\.$/);

test("R16: no command of the registry does anything in a view, for anyone viewed, tried or done, and the log names who tried", () =>
  rolledBack(async (tx) => {
    const { ada, quinn } = await company(tx);
    const ctx = await viewing(tx, quinn, ada);
    for (const command of commands) {
      const before = await tx.$count(events);
      await expect(run(ctx, command as never, {} as never), command.key).rejects.toEqual(readOnly);
      expect(await tx.$count(events), command.key).toBe(before + 1);
      expect(await lastEvent(tx)).toMatchObject({
        operation: command.operation.key,
        outcome: "refused",
        actorKind: "person",
        actorId: quinn.id,
        namedIds: [ada.id],
      });
      await expect(run(ctx, command as never, {} as never, { dryRun: true }), command.key).rejects.toEqual(readOnly);
      expect(await tx.$count(events), command.key).toBe(before + 1);
    }
    expect(commands.length).toBeGreaterThan(80);
    tell("commands tried in a view", { commands: commands.length });
  }));

test("R16: many at once do nothing either", () =>
  rolledBack(async (tx) => {
    const { ada, quinn, eve, sam, lee } = await company(tx);
    const ctx = await viewing(tx, quinn, ada);
    const inputs = [eve, sam, lee].map(({ id }) => ({ id, reason: "Tried", until: null }));
    const settled = await runAll(ctx, disableUser, inputs);
    expect(settled).toEqual(inputs.map(() => ({ ok: false, error: readOnly })));
  }));

test("R16: what is no command finds no way to write either", () =>
  rolledBack(async (tx) => {
    const { ada, quinn } = await company(tx);
    const ctx = await viewing(tx, quinn, ada);
    expect(() => transactionsOf(ctx)).toThrow(/^You're viewing as Ada Admin/);
    expect(() => transactionsOf({ ...ctx, actor: { ...ctx.actor, sessionId: null } })).toThrow(/^You're viewing/);
  }));

test("R16: buttons are offered as the one who is viewed finds them", () =>
  rolledBack(async (tx) => {
    const { ada, quinn, eve } = await company(tx);
    const input = { id: eve.id, reason: "Asked", until: null };
    expect(await mayRun(await viewing(tx, quinn, ada), disableUser, input)).toEqual({ ok: true });
    expect((await mayRun(await viewing(tx, ada, eve), disableUser, { ...input, id: quinn.id })).ok).toBe(false);
  }));
