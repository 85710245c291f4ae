import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { users } from "@/db/schema";
import { makerStillMay, outgrownOf } from "@/lib/authz/authorize";
import { company } from "@/lib/testing/company";
import { makeUser, rolledBack } from "@/lib/testing/database";

test("whether what somebody made still counts is the same asked of many as asked of each (R15)", () =>
  rolledBack(async (tx) => {
    const { ada, quinn, lee, eve, sam } = await company(tx);
    const dan = await makeUser(tx, { firstName: "Dan", status: "disabled" });
    const lucy = await makeUser(tx, { firstName: "Lucy", lockedAt: new Date() });
    const over = await makeUser(tx, { firstName: "Olga", accessEndsAt: new Date("2001-01-01") });
    await tx.update(users).set({ status: "archived", statusBeforeArchive: "active" }).where(eq(users.id, sam.id));
    const people = [ada, quinn, lee, eve, sam, dan, lucy, over].map(({ id }) => id);
    const made = people.flatMap((makerId) => people.map((personId) => ({ makerId, personId })));
    const at = new Date();
    const single = [];
    for (const one of made) if (!(await makerStillMay(tx, { ...one, at }))) single.push(one);
    expect(await outgrownOf(tx, made, at)).toEqual(single);
    expect(single.length).toBeGreaterThan(10);
    expect(made.length - single.length).toBeGreaterThan(10);
  }));
