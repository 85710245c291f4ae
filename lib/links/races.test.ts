import { and, eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import type { Db } from "@/db/client";
import { events, links, passwords } from "@/db/schema";
import { verifyPassword } from "@/lib/auth/password-queue";
import { operator } from "@/lib/authz/principal";
import { createContext } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { issueLink } from "@/lib/links/issue";
import { redeemReset } from "@/lib/passwords/commands/redeem";
import { lockPerson } from "@/lib/people/scoped";
import { asNobody, asOperator, makeUser } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { tokenOf } from "@/lib/testing/mails";
import { loadPreset } from "@/lib/testing/presets";
import { rounds, tell } from "@/lib/testing/thorough";

const often = rounds(20, 1_000);
const [here, there] = twoProcesses("link_races");

beforeAll(async () => {
  await loadPreset(here);
});

const codeOf = (result: PromiseSettledResult<unknown>) =>
  result.status === "fulfilled" ? "ok" : result.reason instanceof AppError ? result.reason.code : String(result.reason);

test("S6: of fifty who redeem one link at once, one wins, and the password is theirs", async () => {
  await here.execute(sql`truncate users cascade`);
  const eve = await makeUser(here, { username: "eve" });
  const token = await here.transaction(async (tx) =>
    tokenOf((await issueLink(asOperator(tx), tx, { purpose: "password_reset", userId: eve.id })).href),
  );
  const words = Array.from({ length: 50 }, (_, number) => `seven lanterns over harbour ${number}`);
  const results = await Promise.allSettled(
    words.map((newPassword, number) =>
      redeemReset(asNobody(number % 2 ? here : there), { token, newPassword, confirmPassword: newPassword }),
    ),
  );
  expect(results.map(codeOf).toSorted()).toEqual(["ok", ...Array(49).fill("precondition")].toSorted());
  const winner = words[results.findIndex(({ status }) => status === "fulfilled")]!;
  const [kept] = await here.select().from(passwords).where(eq(passwords.userId, eve.id));
  expect(await verifyPassword(kept!.hash, winner)).toBe(true);
  const told = await here
    .select({ outcome: events.outcome })
    .from(events)
    .where(and(eq(events.operation, "password.redeem"), eq(events.personId, eve.id)));
  expect(told.filter(({ outcome }) => outcome === "succeeded")).toHaveLength(1);
  expect(told).toHaveLength(50);
}, 60_000);

test(`S6: of two makers at once, one link is left, ${often} rounds`, async () => {
  await here.execute(sql`truncate users cascade`);
  const eve = await makeUser(here, { username: "eve" });
  const make = (db: Db) =>
    db.transaction(async (tx) => {
      const ctx = createContext(tx, operator);
      await lockPerson(ctx, tx, "user.read", eve.id);
      return issueLink(ctx, tx, { purpose: "password_reset", userId: eve.id });
    });
  for (let round = 0; round < often; round++) await Promise.all([make(here), make(there)]);
  const open = await here.$count(links, and(eq(links.userId, eve.id), sql`used_at is null and revoked_at is null`));
  expect(open).toBe(1);
  expect(await here.$count(links, eq(links.userId, eve.id))).toBe(often * 2);
  tell("two makers of one link", { rounds: often });
}, 600_000);
