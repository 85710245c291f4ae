import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { groups, resources, roleOperations, serviceAccounts } from "@/db/schema";
import { plain } from "@/lib/audit/fields";
import type { Ctx, Person } from "@/lib/context";
import { needsAttention } from "@/lib/home/attention";
import { company } from "@/lib/testing/company";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";

const told = async (ctx: Ctx<Person>) =>
  ((await needsAttention(ctx)) ?? [])
    .filter(({ key }) => key.startsWith("left-"))
    .map(({ title, hint, action }) => [plain(title), plain(hint), action]);

const own = async (tx: Tx, name: string, ownerId: string) =>
  (await tx.insert(groups).values({ name, nameKey: name.toLowerCase(), ownerId }).returning())[0]!;

test("who is under a manager that is disabled, ended or archived, and what such an owner still owns (U8, U11)", () =>
  rolledBack(async (tx) => {
    const { ada, lee, quinn } = await company(tx);
    const archie = await makeUser(tx, { firstName: "Archie", lastName: "Archived", status: "archived" });
    const dan = await makeUser(tx, { firstName: "Dan", lastName: "Disabled", status: "disabled" });
    const ended = await makeUser(tx, { firstName: "Edda", lastName: "Ended", accessEndsAt: new Date("2001-01-01") });
    await makeUser(tx, { firstName: "Rita", managerId: archie.id });
    await makeUser(tx, { firstName: "Rolf", managerId: dan.id });
    await makeUser(tx, { firstName: "Gone", managerId: archie.id, status: "archived" });
    const audit = await own(tx, "Audit", archie.id);
    await own(tx, "Build", ended.id);
    await own(tx, "Kept", lee.id);
    const [nightly] = await tx
      .insert(serviceAccounts)
      .values({ name: "Nightly", nameKey: "nightly", ownerId: archie.id })
      .returning();
    await tx.insert(resources).values(
      [archie.id, ended.id, lee.id, null].map((ownerId, number) => {
        const name = `Bot ${number}`;
        return { type: "assistant", externalId: name, name, nameKey: name, ownerId };
      }),
    );
    expect(await told(await as(tx, ada))).toEqual([
      [
        "2 people have a manager who is disabled or archived",
        "Rita Person, Rolf Person",
        { label: "View users", href: "/admin/organisation?view=left" },
      ],
      [
        "2 groups have a disabled or archived owner",
        "“Audit” of Archie Archived, “Build” of Edda Ended",
        { label: "Choose an owner", href: `/admin/groups/${audit.id}` },
      ],
      [
        "One service account has no active owner",
        "“Nightly” of Archie Archived",
        { label: "Choose an owner", href: `/admin/service-accounts/${nightly!.id}` },
      ],
      [
        "3 resources have no active owner",
        "“Bot 0” of Archie Archived, “Bot 1” of Edda Ended, “Bot 3”",
        { label: "View resources", href: "/admin/resources?ownership=left" },
      ],
    ]);
    expect(await told(await as(tx, quinn))).toEqual([]);
  }));

test("T6: a service account whose owner was purged has stopped, and is listed", () =>
  rolledBack(async (tx) => {
    const { ada, lee } = await company(tx);
    await tx.insert(serviceAccounts).values([
      { name: "Lost", nameKey: "lost", ownerId: null },
      { name: "Kept", nameKey: "kept", ownerId: lee.id },
    ]);
    const [line] = await told(await as(tx, ada));
    expect(line).toMatchObject(["One service account has no active owner", "“Lost”", { label: "Choose an owner" }]);
  }));

test("an owner who is out of sight is not named (R11)", () =>
  rolledBack(async (tx) => {
    const { lee } = await company(tx);
    const archie = await makeUser(tx, { firstName: "Archie", status: "archived" });
    await own(tx, "Audit", archie.id);
    const lead = await roleNamed(tx, "Quality Lead");
    await tx.insert(roleOperations).values({ roleId: lead.id, operation: "group.read", scope: "all" });
    const [line] = await told(await as(tx, lee));
    expect(line).toMatchObject(["One group has a disabled or archived owner", "“Audit”", {}]);
  }));
