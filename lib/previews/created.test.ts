import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { events, users } from "@/db/schema";
import { previewChange } from "@/lib/previews/preview";
import { company } from "@/lib/testing/company";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { createUser } from "@/lib/users/commands/create";

test("U4: what somebody new would hold is shown before they are created, and nothing is kept", () =>
  rolledBack(async (tx) => {
    const { quinn, lee } = await company(tx);
    const ada = await makeUser(tx, { primaryRole: "Quality Manager", roles: ["Admin"] });
    const ctx = await as(tx, ada);
    const told = await tx.$count(events);
    const preview = async (primary: string, additional: string[], managerId = ada.id) =>
      previewChange(
        ctx,
        createUser,
        {
          ...{ configuration: "default", username: "Nora", email: "nora@northwind.example" },
          ...{ firstName: "Nora", lastName: "New", primaryRoleId: (await roleNamed(tx, primary)).id },
          additionalRoleIds: await Promise.all(additional.map(async (name) => (await roleNamed(tx, name)).id)),
          ...{ managerId, groupIds: [], credentials: "invite", password: "", confirmPassword: "" },
          mustChangePassword: false,
        },
        { username: "Nora" },
      );
    const engineer = await preview("Quality Engineer", []);
    expect(engineer.administrators).toEqual({ gain: 0, lose: 0, touched: 0 });
    expect(engineer.loses).toEqual([]);

    const administrator = await preview("Quality Manager", ["Admin"]);
    expect(administrator.administrators).toEqual({ gain: 1, lose: 0, touched: 1 });
    expect(administrator.people.count).toBe(1);
    expect(administrator.gains.flatMap(({ operations }) => operations)).toContainEqual(
      expect.objectContaining({ operation: "user.create", sentence: "Create a user" }),
    );
    const below = await preview("Quality Engineer", [], lee.id);
    expect(below.reach.gains.map(({ person, over }) => [person?.id, over]).toSorted()).toEqual(
      [
        [quinn.id, 1],
        [lee.id, 1],
      ].toSorted(),
    );
    expect(await tx.$count(users, eq(users.usernameKey, "nora"))).toBe(0);
    expect(await tx.$count(events)).toBe(told);
  }));
