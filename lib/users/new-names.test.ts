import { expect, test } from "vitest";
import { events, signInNames } from "@/db/schema";
import { company, refused } from "@/lib/testing/company";
import { as, makeUser, rolledBack } from "@/lib/testing/database";
import { archiveUser } from "@/lib/users/commands/archive";
import { checkNewNames } from "@/lib/users/new-names";

const free = { username: "nobody.yet", email: "nobody.yet@northwind.example" };

test("U7: names are refused ahead at their fields, as the command would, and nothing is claimed or logged", () =>
  rolledBack(async (tx) => {
    await company(tx);
    const ada = await makeUser(tx, { primaryRole: "Quality Manager", roles: ["Admin"] });
    const tara = await makeUser(tx, { username: "tara", firstName: "Tara", lastName: "Taken" });
    const ctx = await as(tx, ada);
    const before = [await tx.$count(signInNames), await tx.$count(events)];
    expect(await checkNewNames(ctx, free)).toBeNull();
    await expect(checkNewNames(ctx, { username: "TARA", email: tara.email.toUpperCase() })).rejects.toMatchObject({
      code: "invalid",
      fields: {
        username: '"TARA" is already in use by Tara Taken. User names are not case-sensitive.',
        email: `"${tara.email.toUpperCase()}" is already in use by Tara Taken.`,
      },
    });
    await expect(checkNewNames(ctx, { ...free, username: tara.email })).rejects.toMatchObject({
      fields: { username: `"${tara.email}" is already in use by Tara Taken. User names are not case-sensitive.` },
    });
    expect([await tx.$count(signInNames), await tx.$count(events)]).toEqual(before);

    await archiveUser(ctx, { id: tara.id, owners: [], managerId: null });
    await expect(checkNewNames(ctx, { ...free, username: "tara" })).rejects.toMatchObject({
      fields: { username: '"tara" belongs to Tara Taken, who is archived. Restore that user instead?' },
      details: { archived: { id: tara.id, name: "Tara Taken" } },
    });
  }));

test("an actor who may not create users learns nothing about names", () =>
  rolledBack(async (tx) => {
    await company(tx);
    const engineer = await makeUser(tx, { username: "engineer" });
    const asked = checkNewNames(await as(tx, engineer), { ...free, username: "engineer" });
    await expect(asked).rejects.toEqual(refused("forbidden", /^You don't have permission to create users\.$/));
  }));
