import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { groupMembers, groupRoles, groups, identities, identityProviders, userRoles, users } from "@/db/schema";
import { addMember } from "@/lib/groups/commands/add-member";
import { removeMember } from "@/lib/groups/commands/remove-member";
import { deleteProvider } from "@/lib/identity-providers/commands/state";
import { lastEvent, roleNamed, rolledBack } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import {
  groupCarrying,
  groupsToGive,
  hostileCompany,
  lastOperations,
  membershipsOf,
  ninaClaims as nina,
  personOf,
} from "@/lib/testing/hostile-company";
import { hostilePeer } from "@/lib/testing/hostile-peer";

const peer = hostilePeer();

/** "staff" maps to Staff, "/lab" to Lab and Bench, "admins" to a group that carries administration. */
async function stage(tx: Tx) {
  const on = await hostileCompany(tx, peer);
  const made = { ...(await groupsToGive(tx)), bench: await groupCarrying(tx, "Bench") };
  const mapped = [
    { value: "staff", groupId: made.staff.id },
    { value: "/lab", groupId: made.lab.id },
    { value: "/lab", groupId: made.bench.id },
    { value: "admins", groupId: made.admins.id },
  ];
  const save = (more: object = {}) => on.save({ groupsClaim: "groups", groups: mapped, ...more });
  await save();
  const held = async (subject = nina.sub) => membershipsOf(tx, (await personOf(tx, subject))!.user.id);
  return { ...on, ...made, mapped, save, held };
}

describe("groups at a sign-in (I3)", () => {
  test("are given at the first one, and brought up to date at each further one", () =>
    rolledBack(async (tx) => {
      const { id, signIn, held } = await stage(tx);
      expect(await signIn({ ...nina, groups: ["staff", "unmapped"] })).toBeNull();
      expect(await held()).toEqual({ Staff: id });
      expect(await lastEvent(tx)).toMatchObject({
        operation: "identity.join_groups",
        outcome: "succeeded",
        actorKind: "provider",
        actorId: id,
        personId: (await personOf(tx, nina.sub))!.user.id,
        values: { "fact.groups": "Staff", "change.groups": [[], ["Staff"]] },
      });
      const { version } = (await personOf(tx, nina.sub))!.user;
      await signIn({ ...nina, groups: "staff" });
      expect(await lastOperations(tx, 1)).toEqual(["session.start"]);
      expect((await personOf(tx, nina.sub))!.user.version).toBe(version);
      await signIn({ ...nina, groups: ["/lab"] });
      expect(await held()).toEqual({ Lab: id, Bench: id });
      expect(await lastOperations(tx, 3)).toEqual(["identity.join_groups", "identity.leave_groups", "session.start"]);
      expect((await personOf(tx, nina.sub))!.user.version).toBe(version + 2);
      await signIn({ ...nina, groups: [] });
      expect(await held()).toEqual({});
      expect((await lastEvent(tx)).values).toMatchObject({
        "fact.groups": "Lab, Bench",
        "change.groups": [["Bench", "Lab"], []],
      });
    }));

  test.each([
    ["without the claim", {}, "missing"],
    ["with overage at Entra ID", { _claim_names: { groups: "src1" } }, "elsewhere"],
    ["with what cannot be read", { groups: ["staff", {}] }, "unreadable"],
    ["with more than are looked at", { groups: Array.from({ length: 1_001 }, (_, at) => `g${at}`) }, "too many"],
  ])("%s nobody is taken out of any, and the identity says why (I8)", (_, told, word) =>
    rolledBack(async (tx) => {
      const { id, signIn, held } = await stage(tx);
      await signIn({ ...nina, groups: ["staff"] });
      expect(await signIn({ ...nina, ...told })).toBeNull();
      expect(await held()).toEqual({ Staff: id });
      expect(await lastOperations(tx, 1)).toEqual(["session.start"]);
      expect((await personOf(tx, nina.sub))!.identity.claims.groups).toBe(word);
    }),
  );

  test("what somebody here gave stays theirs, and what they take away by hand comes back", () =>
    rolledBack(async (tx) => {
      const { ctx, id, signIn, held, staff, lab } = await stage(tx);
      await signIn({ ...nina, groups: ["staff"] });
      const userId = (await personOf(tx, nina.sub))!.user.id;
      await addMember(ctx, { groupId: lab.id, userId, endsAt: null });
      await signIn({ ...nina, groups: ["staff", "/lab"] });
      expect(await held()).toEqual({ Staff: id, Lab: null, Bench: id });
      await signIn({ ...nina, groups: [] });
      expect(await held()).toEqual({ Lab: null });
      await signIn({ ...nina, groups: ["staff"] });
      await removeMember(ctx, { groupId: staff.id, userId });
      await signIn({ ...nina, groups: ["staff"] });
      expect(await held()).toEqual({ Lab: null, Staff: id });
      const later = new Date(Date.now() + 86_400_000);
      await addMember(ctx, { groupId: staff.id, userId, endsAt: later });
      expect(await held()).toEqual({ Lab: null, Staff: null });
    }));

  test("a value or the claim that is mapped no more: the one takes back, the other leaves all as it is", () =>
    rolledBack(async (tx) => {
      const { id, signIn, held, save, mapped } = await stage(tx);
      await signIn({ ...nina, groups: ["staff", "/lab"] });
      await save({ groupsClaim: "", groups: [] });
      await signIn({ ...nina, groups: [] });
      expect(await held()).toEqual({ Staff: id, Lab: id, Bench: id });
      await save({ groups: mapped.slice(0, 1) });
      await signIn({ ...nina, groups: ["staff", "/lab"] });
      expect(await held()).toEqual({ Staff: id });
    }));

  test("people who are linked are brought up to date as well; their names are not", () =>
    rolledBack(async (tx) => {
      const { id, signIn, held, sam, row } = await stage(tx);
      const claims = { username: null, email: null, firstName: null, lastName: null, emailVerified: false };
      const { issuer } = await row();
      await tx.insert(identities).values({ providerId: id, issuer, subject: "sam", userId: sam.id, claims });
      expect(await signIn({ ...nina, sub: "sam", groups: ["staff"] })).toBeNull();
      expect(await held("sam")).toEqual({ Staff: id });
      expect((await personOf(tx, "sam"))!.user.firstName).toBe("Sam");
    }));
});

describe("what a provider gives (R8, R13)", () => {
  test("and may not is in the log once, and again when it changes or comes back", () =>
    rolledBack(async (tx) => {
      const { signIn, admin } = await stage(tx);
      await groupCarrying(tx, "Chiefs", admin.id);
      const tellsRefused = async (...told: string[]) => {
        expect(await signIn({ ...nina, groups: told })).toBeNull();
        return (await lastOperations(tx, 1))[0] === "identity.join_groups refused";
      };
      expect(await tellsRefused("admins", "staff")).toBe(true);
      expect(await tellsRefused("admins", "staff")).toBe(false);
      expect(await tellsRefused("admins")).toBe(false);
      expect(await tellsRefused("staff")).toBe(false);
      expect(await tellsRefused("admins", "staff")).toBe(true);
      const event = await lastEvent(tx);
      expect(event.values).toMatchObject({ "fact.groups": "Admins" });
    }));

  test("is bounded by its ceiling: what is refused is in the log, and leaves the rest done", () =>
    rolledBack(async (tx) => {
      const { id, signIn, held } = await stage(tx);
      expect(await signIn({ ...nina, groups: ["admins", "staff"] })).toBeNull();
      expect(await held()).toEqual({ Staff: id });
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "identity.join_groups", outcome: "refused", actorId: id });
      expect(event.values).toMatchObject({
        "fact.groups": "Admins",
        "fact.reason": expect.stringMatching(/"Admin" carries .*, which you do not hold/),
      });
      expect(await lastOperations(tx, 4)).toEqual([
        "identity.join_groups refused",
        "identity.join_groups",
        "session.start",
        "identity.create",
      ]);
    }));

  test("of many groups, one beyond the ceiling, all others in one change", () =>
    rolledBack(async (tx) => {
      const { signIn, held, save, mapped } = await stage(tx);
      const many = [];
      for (let index = 0; index < 40; index++) many.push(await groupCarrying(tx, `Group ${index}`));
      await save({ groups: [...mapped, ...many.map(({ id, name }) => ({ value: name, groupId: id }))] });
      await signIn({ ...nina, groups: ["admins", ...many.map(({ name }) => name)] });
      expect(Object.keys(await held()).sort()).toEqual(many.map(({ name }) => name).sort());
      expect(await lastOperations(tx, 3)).toEqual([
        "identity.join_groups refused",
        "identity.join_groups",
        "session.start",
      ]);
    }));

  test("goes into nobody who holds more, but what it gave earlier is taken back whatever they hold by now", () =>
    rolledBack(async (tx) => {
      const { id, signIn, held, admin } = await stage(tx);
      await signIn({ ...nina, groups: ["staff"] });
      const { user } = (await personOf(tx, nina.sub))!;
      await tx.insert(userRoles).values({ userId: user.id, roleId: admin.id });
      const manager = await roleNamed(tx, "Quality Manager");
      await tx.update(users).set({ primaryRoleId: manager.id }).where(eq(users.id, user.id));
      await signIn({ ...nina, groups: ["/lab"] });
      expect(await held()).toEqual({});
      expect(await lastOperations(tx, 2)).toEqual(["identity.join_groups refused", "identity.leave_groups"]);
      expect(id).toBeTruthy();
    }));

  test("is nothing once its owner has left, which keeps it from taking nothing back", () =>
    rolledBack(async (tx) => {
      const { signIn, held, ada } = await stage(tx);
      await signIn({ ...nina, groups: ["staff"] });
      await tx.update(users).set({ status: "disabled" }).where(eq(users.id, ada.id));
      expect(await signIn({ ...nina, groups: ["/lab"] })).toBeNull();
      expect(await held()).toEqual({});
    }));

  test("never ends the last administration (U15); the other groups are left all the same", () =>
    rolledBack(async (tx) => {
      const { id, ada, signIn, held, staff, admins, row, admin } = await stage(tx);
      const claims = { username: null, email: null, firstName: null, lastName: null, emailVerified: false };
      const { issuer } = await row();
      await tx.insert(identities).values({ providerId: id, issuer, subject: "ada", userId: ada.id, claims });
      const given = { userId: ada.id, providerId: id };
      await tx.insert(groupMembers).values([
        { groupId: admins.id, ...given },
        { groupId: staff.id, ...given },
      ]);
      await tx.delete(userRoles).where(and(eq(userRoles.userId, ada.id), eq(userRoles.roleId, admin.id)));
      expect(await signIn({ ...nina, sub: "ada", groups: [] })).toBeNull();
      expect(await held("ada")).toEqual({ Admins: id });
      expect((await lastOperations(tx, 3)).toSorted()).toEqual([
        "identity.leave_groups",
        "identity.leave_groups refused",
        "identity.leave_groups refused",
      ]);
    }));

  test("counts what a group carries at that moment", () =>
    rolledBack(async (tx) => {
      const { signIn, held, staff } = await stage(tx);
      const lead = await roleNamed(tx, "Auditor");
      await tx.insert(groupRoles).values({ groupId: staff.id, roleId: lead.id });
      await signIn({ ...nina, groups: ["staff"] });
      expect(await held()).toEqual({});
      await tx
        .update(identityProviders)
        .set({ ceilingRoleIds: [lead.id, (await roleNamed(tx, "Quality Engineer")).id] });
      await signIn({ ...nina, groups: ["staff"] });
      expect(Object.keys(await held())).toEqual(["Staff"]);
    }));
});

test("a deleted provider leaves memberships, as given by somebody here", () =>
  rolledBack(async (tx) => {
    const { ctx, id, signIn } = await stage(tx);
    await signIn({ ...nina, groups: ["staff"] });
    const { user } = (await personOf(tx, nina.sub))!;
    await deleteProvider(ctx, { id });
    expect(await membershipsOf(tx, user.id)).toEqual({ Staff: null });
  }));

test("a deleted group removes the values that map to it", () =>
  rolledBack(async (tx) => {
    const { signIn, held, staff } = await stage(tx);
    await tx.delete(groups).where(eq(groups.id, staff.id));
    expect(await signIn({ ...nina, groups: ["staff"] })).toBeNull();
    expect(await held()).toEqual({});
  }));

test("sign-ins at the same moment give each membership once", () =>
  withFreshDatabase("group_sign_ins", async (db) => {
    const { signIn, id, held } = await stage(db as unknown as Tx);
    await signIn({ ...nina, groups: [] });
    for (let round = 0; round < 5; round++) {
      const told = round % 2 === 0 ? ["staff", "/lab"] : [];
      const claims = { ...nina, groups: told };
      expect(await Promise.all([signIn(claims), signIn(claims), signIn(claims)])).toEqual([null, null, null]);
      expect(await held()).toEqual(told.length > 0 ? { Staff: id, Lab: id, Bench: id } : {});
    }
  }));
