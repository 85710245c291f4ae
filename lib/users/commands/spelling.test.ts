import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { groups, users } from "@/db/schema";
import { parseInput } from "@/lib/http/parse-input";
import { company, wrongField } from "@/lib/testing/company";
import { as, rolledBack } from "@/lib/testing/database";
import { archiveUser } from "@/lib/users/commands/archive";
import { updateUser } from "@/lib/users/commands/update";
import { storedForm } from "@/lib/users/conflict";

/** PostgreSQL finds an id in any spelling (RFC 9562, 4), so rules that compare it must as well. */
const capitals = (id: string) => id.toUpperCase();

test("nobody passes the rules on their own account by another spelling of their id (S8, U16)", () =>
  rolledBack(async (tx) => {
    const { ada } = await company(tx);
    const { memberships, roleEnds, ...fields } = await storedForm(tx, ada);
    expect([memberships, roleEnds.length]).toEqual([[], 1]);
    const save = async (more: object) => {
      const sent = { ...fields, id: capitals(ada.id), accessEndsAt: "", password: "", confirmPassword: "", ...more };
      return updateUser(await as(tx, ada), parseInput(updateUser.input, sent));
    };
    await expect(save({ email: "other@northwind.example" })).rejects.toEqual(wrongField("email", /My profile/));
    await expect(save({ accessEndsAt: "now" })).rejects.toEqual(wrongField("accessEndsAt", /your own access/));
    const password = "seven lanterns over the harbour";
    await expect(save({ password, confirmPassword: password })).rejects.toEqual(wrongField("password", /My profile/));
  }));

test("nothing is handed to the person who is removed by another spelling of their id (U11)", () =>
  rolledBack(async (tx) => {
    const { ada, quinn, lee } = await company(tx);
    const [group] = await tx.insert(groups).values({ name: "Nights", nameKey: "nights", ownerId: lee.id }).returning();
    const ctx = await as(tx, ada);
    const remove = (ownerId: string, managerId: string) =>
      archiveUser(
        ctx,
        parseInput(archiveUser.input, { id: lee.id, owners: [{ id: capitals(group!.id), ownerId }], managerId }),
      );
    await expect(remove(capitals(lee.id), quinn.id)).rejects.toEqual(wrongField("owners", /another owner/));
    await expect(remove(quinn.id, capitals(lee.id))).rejects.toEqual(wrongField("managerId", /another manager/));
    await remove(capitals(quinn.id), capitals(quinn.id));
    const [row] = await tx.select().from(groups).where(eq(groups.id, group!.id));
    expect(row?.ownerId).toBe(quinn.id);
    expect(await tx.$count(users, eq(users.managerId, lee.id))).toBe(0);
  }));
