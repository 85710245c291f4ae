import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { kept } from "@/db/kept";
import { accessTokens, groups, serviceAccounts, users } from "@/db/schema";
import { company } from "@/lib/testing/company";
import { as, rolledBack } from "@/lib/testing/database";
import { createToken } from "@/lib/tokens/commands";

test("rows are those that Drizzle makes: whole tables, parts, joined tables without a row, and what is no column", () =>
  rolledBack(async (tx) => {
    const { ada } = await company(tx);
    await createToken(await as(tx, ada), { name: "a", operations: ["user.read"], days: 3 });
    await tx.insert(groups).values({ name: "Owned", nameKey: "owned", ownerId: ada.id });
    const { id, name } = serviceAccounts;
    const questions = [
      tx.select().from(users),
      tx.select().from(users).leftJoin(groups, eq(groups.ownerId, users.id)),
      tx
        .select({
          token: accessTokens,
          user: { id: users.id, createdAt: users.createdAt, accessEndsAt: users.accessEndsAt },
          account: { id, name },
          mixed: { id: users.id, account: id },
          led: { endsAt: users.accessEndsAt, id: users.id },
          at: sql<Date>`now()`.mapWith(users.createdAt),
          named: sql<string>`upper(${users.username})`.as("named"),
        })
        .from(accessTokens)
        .leftJoin(users, eq(users.id, accessTokens.userId))
        .leftJoin(serviceAccounts, eq(id, accessTokens.serviceAccountId)),
      tx.select({ user: users, group: groups }).from(groups).rightJoin(users, eq(groups.ownerId, users.id)),
      tx.select({ n: users.id, group: groups }).from(users).innerJoin(groups, eq(groups.ownerId, users.id)),
    ];
    for (const question of questions) {
      const rows: unknown[] = await question;
      expect(rows.length).toBeGreaterThan(0);
      expect(await kept(question as never)).toEqual(rows);
    }
  }));
