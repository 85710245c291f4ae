import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { users } from "@/db/schema";
import { chooseColumns } from "@/lib/account/columns";
import { chooseColumnsSchema } from "@/lib/account/columns-schema";
import { company } from "@/lib/testing/company";
import { as, lastEvent, rolledBack } from "@/lib/testing/database";

describe("B5: choice of columns", () => {
  test("is kept for each list, logged, and raises no version", () =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      const ctx = await as(tx, eve);
      const stored = async () => {
        const [row] = await tx.select().from(users).where(eq(users.id, eve.id));
        return { chosen: row?.listColumns, version: row?.version };
      };
      const { version } = await stored();
      await chooseColumns(ctx, { list: "users", columns: ["roles", "username"] });
      expect((await lastEvent(tx)).values).toMatchObject({ "change.Columns of users": [null, ["roles", "username"]] });
      await chooseColumns(ctx, { list: "service accounts", columns: [] });
      const chosen = { users: ["roles", "username"], "service accounts": [] };
      expect(await stored()).toEqual({ chosen, version });

      await chooseColumns(ctx, { list: "users", columns: null });
      await chooseColumns(ctx, { list: "service accounts", columns: null });
      expect(await stored()).toEqual({ chosen: null, version });
    }));

  test("refuses more lists than there could be", () =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      const many = Array.from({ length: 40 }, (_, at) => [
        `list ${"abcdefghij".charAt(at % 10).repeat(1 + at / 10)}`,
        [],
      ]);
      await tx
        .update(users)
        .set({ listColumns: Object.fromEntries(many) })
        .where(eq(users.id, eve.id));
      const choice = chooseColumns(await as(tx, eve), { list: "one more", columns: [] });
      await expect(choice).rejects.toMatchObject({ code: "invalid" });
    }));

  test.each([
    [{ list: "Users", columns: [] }],
    [{ list: "users", columns: ["<b>"] }],
    [{ list: "users", columns: Array(41).fill("name") }],
    [{ list: "users", columns: [], userId: "x" }],
  ])("refuses %o", (input) => expect(chooseColumnsSchema.safeParse(input).success).toBe(false));
});
