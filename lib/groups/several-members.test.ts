import { expect, test } from "vitest";
import { events, groupMembers, groupRoles, groups, roleOperations, roles } from "@/db/schema";
import { addMember } from "@/lib/groups/commands/add-member";
import { addMembers, mayRemoveMembers, previewAddMembers, removeMembers } from "@/lib/groups/several-members";
import { company, refused } from "@/lib/testing/company";
import { as, makeUser, rolledBack } from "@/lib/testing/database";
import { archiveUser } from "@/lib/users/commands/archive";

test("several people are added with one preview, and refused people are named", () =>
  rolledBack(async (tx) => {
    await company(tx);
    const ctx = await as(tx, await makeUser(tx, { primaryRole: "Quality Manager", roles: ["Admin"] }));
    const [role] = await tx.insert(roles).values({ name: "Reads", nameKey: "reads", kind: "additional" }).returning();
    await tx.insert(roleOperations).values({ roleId: role!.id, operation: "user.read", scope: "all" });
    const [group] = await tx.insert(groups).values({ name: "Readers", nameKey: "readers" }).returning();
    await tx.insert(groupRoles).values({ groupId: group!.id, roleId: role!.id });
    const anna = await makeUser(tx, { firstName: "Anna", lastName: "One" });
    const bert = await makeUser(tx, { firstName: "Bert", lastName: "Two" });
    const gone = await makeUser(tx, { firstName: "Gerda", lastName: "Gone" });
    await archiveUser(ctx, { id: gone.id, owners: [], managerId: null });
    const input = { groupId: group!.id, userIds: [anna.id, bert.id, gone.id, anna.id], endsAt: null };

    const preview = await previewAddMembers(ctx, input);
    expect(preview.people).toEqual({ count: 2, over: false });
    const line = preview.gains.find(({ operations }) => operations.some(({ operation }) => operation === "user.read"));
    expect(line?.count).toBe(2);
    expect(line?.people.map(({ name }) => name)).toEqual(["Anna One", "Bert Two"]);
    expect(await tx.$count(groupMembers)).toBe(0);

    const before = await tx.$count(events);
    const result = await addMembers(ctx, input);
    expect(result.added.map(({ name }) => name)).toEqual(["Anna One", "Bert Two"]);
    expect(result.refused).toEqual([
      { id: gone.id, name: "Gerda Gone", reason: "Gerda Gone is archived. Restore the user first." },
    ]);
    expect(await tx.$count(groupMembers)).toBe(2);
    expect(await tx.$count(events)).toBe(before + 3);

    const back = {
      groupId: group!.id,
      people: result.added.map(({ id, userVersion }) => ({ userId: id, userVersion })),
    };
    expect(await mayRemoveMembers(ctx, back)).toBe(true);
    await addMember(ctx, { groupId: group!.id, userId: bert.id, endsAt: new Date(Date.now() + 60_000) });
    expect(await mayRemoveMembers(ctx, back)).toBe(false);
    const taken = await removeMembers(ctx, back);
    expect(taken.removed.map(({ name }) => name)).toEqual(["Anna One"]);
    expect(taken.refused).toMatchObject([{ name: "Bert Two", reason: expect.stringMatching(/saved Bert Two/) }]);
    expect(await tx.$count(groupMembers)).toBe(1);

    const only = { ...input, userIds: [gone.id] };
    await expect(previewAddMembers(ctx, only)).rejects.toEqual(refused("precondition", /is archived/));
    await expect(addMembers(ctx, only)).rejects.toEqual(refused("precondition", /is archived/));
  }));
