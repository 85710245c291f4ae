import { expect, test } from "vitest";
import type { QueueState } from "@/lib/capacity/queue";
import { resetPassword } from "@/lib/passwords/commands/reset";
import { onePerProcess } from "@/lib/platform/one-per-process";
import { company, refused } from "@/lib/testing/company";
import { as, lastEvent, roleNamed, rolledBack } from "@/lib/testing/database";
import { createUser } from "@/lib/users/commands/create";
import { updateUser } from "@/lib/users/commands/update";

const password = "a long enough pass phrase";

/** Requests that need a hash meanwhile are refused with 429. */
async function whileNothingIsHashed(work: () => Promise<void>) {
  const queue = onePerProcess<QueueState>("queue: passwords", () => {
    throw new Error("There is no queue");
  });
  const { waiting } = queue;
  queue.waiting = Array.from({ length: 64 }, () => () => {});
  try {
    await work();
  } finally {
    queue.waiting = waiting;
  }
}

test("no password is hashed for a command that is refused anyway (S3)", () =>
  rolledBack(async (tx) => {
    const { ada, eve, sam, lee } = await company(tx);
    const engineer = await roleNamed(tx, "Quality Engineer");
    const fields = {
      email: "nina@northwind.example",
      firstName: "Nina",
      lastName: "New",
      primaryRoleId: engineer.id,
      additionalRoleIds: [],
      managerId: null,
      password,
      confirmPassword: password,
    };
    const identity = { username: "nina", configuration: "default" as const, groupIds: [], notify: false };
    const created = { ...fields, ...identity, credentials: "password" as const, mustChangePassword: true };
    const saved = { ...fields, id: sam.id, version: sam.version, accessEndsAt: null };
    const reset = { id: sam.id, way: "generate" as const };
    await whileNothingIsHashed(async () => {
      const asEve = await as(tx, eve);
      await expect(createUser(asEve, created)).rejects.toEqual(refused("forbidden"));
      expect(await lastEvent(tx)).toMatchObject({ operation: "user.create", outcome: "refused" });
      await expect(updateUser(asEve, saved)).rejects.toEqual(refused("not_found"));
      await expect(updateUser(await as(tx, lee), { ...saved, id: eve.id })).rejects.toEqual(refused("forbidden"));
      await expect(resetPassword(asEve, reset)).rejects.toEqual(refused("not_found"));
      const asAda = await as(tx, ada);
      await expect(createUser(asAda, created)).rejects.toEqual(refused("rate_limited"));
      await expect(updateUser(asAda, saved)).rejects.toEqual(refused("rate_limited"));
      await expect(resetPassword(asAda, reset)).rejects.toEqual(refused("rate_limited"));
    });
  }));
