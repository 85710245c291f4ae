import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { links } from "@/db/schema";
import { plain } from "@/lib/audit/fields";
import { needsAttention } from "@/lib/home/attention";
import { company } from "@/lib/testing/company";
import { as, makeUser, rolledBack } from "@/lib/testing/database";

async function stage(tx: Tx) {
  const { ada, quinn, lee, eve, sam } = await company(tx);
  const ivy = await makeUser(tx, { firstName: "Ivy", status: "invited" });
  const nora = await makeUser(tx, { firstName: "Nora", status: "invited" });
  await tx.insert(links).values({
    ...{ id: newId(), purpose: "invitation", hash: "nora", userId: nora.id },
    expiresAt: new Date(Date.now() + 86_400_000),
  });
  return { ada, quinn, lee, eve, sam, ivy };
}

const linesFor = async (tx: Tx, person: { id: string }) =>
  ((await needsAttention(await as(tx, person))) ?? [])
    .filter(({ key }) => key.startsWith("no-password"))
    .map(({ title, action }) => [plain(title), "label" in action && action.label]);

test("people with nothing to sign in with are listed here by name, with what the viewer may do, within sight (U13, R11)", () =>
  rolledBack(async (tx) => {
    const { ada, quinn, lee } = await stage(tx);
    expect(await linesFor(tx, ada)).toEqual([
      ["No password yet: Ada Admin", "View user"],
      ["No password yet: Eve Engineer", "Set a password"],
      ["No password yet: Ivy Person", "Invite"],
      ["No password yet: 3 more people", "View users"],
    ]);
    expect(await linesFor(tx, lee)).toEqual([["No password yet: Eve Engineer", "View user"]]);
    expect(await linesFor(tx, quinn)).toHaveLength(2);
  }));
