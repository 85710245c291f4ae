import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { users } from "@/db/schema";
import { saveUser } from "@/lib/people/store";
import { company } from "@/lib/testing/company";
import { makeUser } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { watchStatements } from "@/lib/testing/watch-statements";

test("saving a person writes the columns that differ, and returns the new row", () =>
  withFreshDatabase("saved_columns", async (db) => {
    await company(db);
    const { id } = await makeUser(db, {
      firstName: "Ada",
      lastName: "Lovelace",
      accessEndsAt: new Date("2031-01-01T00:00:00Z"),
    });
    const stored = async () => {
      const [row] = await db.select().from(users).where(eq(users.id, id));
      if (!row) throw new Error("The person is not stored");
      return row;
    };
    const before = await stored();
    const sent: string[] = [];
    watchStatements(db.$client, { statement: (text) => void sent.push(text) });
    const updates = () => sent.filter((text) => text.startsWith("update"));
    const same = {
      firstName: "Ada",
      lastName: "Lovelace",
      accessEndsAt: new Date("2031-01-01T00:00:00Z"),
      managerId: undefined,
    };

    expect(await db.transaction((tx) => saveUser(tx, before, same))).toEqual(before);
    expect(updates()).toEqual([]);

    const renamed = await db.transaction((tx) => saveUser(tx, before, { ...same, lastName: "King" }));
    expect(updates()).toHaveLength(1);
    expect(updates()[0]).toContain('set "last_name" = given."last_name" from');
    expect(renamed).toEqual(await stored());

    const edited = await db.transaction((tx) => saveUser(tx, renamed, same, { edited: true }));
    expect(edited.version).toBe(before.version + 1);
    expect(edited).toEqual(await stored());
    expect(edited.lastName).toBe("Lovelace");

    const byIdAlone = await db.transaction((tx) => saveUser(tx, { id }, { accessEndsAt: null }));
    expect(byIdAlone).toMatchObject({ id, accessEndsAt: null });
    expect((await stored()).accessEndsAt).toBeNull();
  }));
