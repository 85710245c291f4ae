import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { needsAttention } from "@/lib/home/attention";
import { company } from "@/lib/testing/company";
import { as, makeUser } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { readingAlone } from "@/lib/testing/read-only";

/** What all of Home's attention may query for a viewer who sees people below them, however many lines there are. */
const statementsUpTo = 21;

test("what needs attention asks no more of the database for more lines", () =>
  withFreshDatabase("home_statements", async (db, url) => {
    const { quinn } = await company(db);
    const lines: number[] = [];
    const asking = async (tx: Tx) => {
      lines.push((await needsAttention(await as(tx, quinn)))?.length ?? 0);
    };
    const lockedAt = new Date();
    for (let round = 0; round < 3; round++) {
      await makeUser(db, { managerId: quinn.id, lockedAt, hash: "x" });
      await makeUser(db, { managerId: quinn.id, status: "invited" });
      await readingAlone(url, 20, asking, statementsUpTo);
    }
    expect(lines).toEqual([5, 7, 8]);
  }));
