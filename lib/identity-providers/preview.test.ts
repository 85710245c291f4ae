import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { identities, identityProviders, userRoles, users } from "@/db/schema";
import { previewMapping } from "@/lib/identity-providers/preview";
import { refused } from "@/lib/testing/company";
import { as, roleNamed, rolledBack } from "@/lib/testing/database";
import {
  groupsToGive,
  hostileCompany,
  lastOperations,
  membershipsOf,
  ninaClaims as nina,
  personOf,
} from "@/lib/testing/hostile-company";
import { hostilePeer } from "@/lib/testing/hostile-peer";

const peer = hostilePeer();

async function stage(tx: Tx) {
  const on = await hostileCompany(tx, peer);
  const preview = async (more: object) => previewMapping(on.ctx, await on.input(more));
  return { ...on, ...(await groupsToGive(tx)), preview };
}

const quiet = { first: [], withheld: [], creates: null };

test("fields by other claims, before and after, and nothing of it is kept", () =>
  rolledBack(async (tx) => {
    const { preview, row, signIn } = await stage(tx);
    await signIn({ ...nina, upn: "nina@northwind.example", nick: "Nini" });
    const { mapping, version } = await row();
    const before = await lastOperations(tx, 1);
    const { id, name } = { id: (await personOf(tx, nina.sub))!.user.id, name: "Nina New" };
    expect(await preview({ mapping: { ...mapping, firstName: "nick", lastName: "" } })).toEqual({
      ...quiet,
      people: { known: 1, looked: 1, over: false, unforeseen: 0, changed: 1 },
      first: [
        { id, name, fields: [{ field: "firstName", from: "Nina", to: "Nini" }], joins: [], leaves: [], refused: null },
      ],
    });
    expect((await row()).version).toBe(version);
    expect(await lastOperations(tx, 1)).toEqual(before);
    expect((await preview({ mapping: { ...mapping, email: "upn" } })).people.changed).toBe(0);
    const trusting = await preview({ mapping: { ...mapping, email: "upn" }, trustsEmail: true });
    expect(trusting.first[0]?.fields).toEqual([
      { field: "email", from: "nina.new@northwind.example", to: "nina@northwind.example" },
    ]);
  }));

test("groups of a claim that was not mapped before, and then what leaves; what is shown is what happens", () =>
  rolledBack(async (tx) => {
    const { preview, save, signIn, staff, lab } = await stage(tx);
    const claims = { ...nina, groups: ["staff", "lab"] };
    await signIn(claims);
    const both = [
      { value: "staff", groupId: staff.id },
      { value: "lab", groupId: lab.id },
    ];
    const mapped = { groupsClaim: "groups", groups: both };
    expect(await preview(mapped)).toMatchObject({
      people: { known: 1, unforeseen: 0, changed: 1 },
      first: [{ name: "Nina New", joins: ["Lab", "Staff"], leaves: [] }],
    });
    await save(mapped);
    await signIn(claims);
    const { user } = (await personOf(tx, nina.sub))!;
    expect(Object.keys(await membershipsOf(tx, user.id)).sort()).toEqual(["Lab", "Staff"]);
    expect((await preview({ ...mapped, groups: both.slice(0, 1) })).first).toMatchObject([
      { joins: [], leaves: ["Lab"] },
    ]);
    expect(await preview(mapped)).toMatchObject({ ...quiet, people: { changed: 0, unforeseen: 0 } });
    expect(await preview({ ...mapped, groupsClaim: "roles" })).toMatchObject({ people: { changed: 0, unforeseen: 1 } });
  }));

test("what the ceiling withholds, from whom, and what it leaves of new users", () =>
  rolledBack(async (tx) => {
    const { preview, signIn, admins, staff } = await stage(tx);
    await signIn({ ...nina, groups: ["admins"] });
    const found = await preview({
      groupsClaim: "groups",
      groups: [
        { value: "admins", groupId: admins.id },
        { value: "staff", groupId: staff.id },
      ],
      ceilingRoleIds: [],
    });
    expect(found).toMatchObject({
      people: { changed: 0 },
      withheld: [
        { group: "Admins", people: 1, reason: expect.stringMatching(/^"Admin" carries .* above the ceiling/) },
      ],
      creates: expect.stringMatching(/"Quality Engineer" carries .*, which is above the ceiling\.$/),
    });
  }));

test("a person who holds more than the ceiling leaves is shown as refused (R13)", () =>
  rolledBack(async (tx) => {
    const { preview, row, signIn } = await stage(tx);
    await signIn({ ...nina, nick: "Nini" });
    const { user } = (await personOf(tx, nina.sub))!;
    await tx.insert(userRoles).values({ userId: user.id, roleId: (await roleNamed(tx, "Auditor")).id });
    const { mapping } = await row();
    expect((await preview({ mapping: { ...mapping, firstName: "nick" } })).first).toMatchObject([
      { refused: "Nina New can do more than the ceiling allows." },
    ]);
  }));

test("people who are not owned change no fields, archived ones not at all, and of others the claims are not known", () =>
  rolledBack(async (tx) => {
    const { id, preview, row, sam, signIn } = await stage(tx);
    await signIn(nina);
    const { user } = (await personOf(tx, nina.sub))!;
    await tx.update(users).set({ status: "archived" }).where(eq(users.id, user.id));
    const claims = { username: null, email: null, firstName: "Sammy", lastName: null, emailVerified: false };
    const link = { providerId: id, issuer: peer.issuer, subject: "sam", userId: sam.id, lastSignInAt: new Date() };
    await tx.insert(identities).values({ ...link, claims });
    const { mapping } = await row();
    expect(await preview({ mapping: { ...mapping, firstName: "preferred_username" } })).toEqual({
      ...quiet,
      people: { known: 2, looked: 1, over: false, unforeseen: 1, changed: 0 },
    });
  }));

test("is refused as the save would be, and asked of a provider that is off as well", () =>
  rolledBack(async (tx) => {
    const { input, lee, preview } = await stage(tx);
    await expect(previewMapping(await as(tx, lee), await input())).rejects.toEqual(refused("forbidden"));
    await expect(preview({ version: 99 })).rejects.toEqual(refused("conflict"));
    await tx.update(identityProviders).set({ state: "disabled" });
    expect(await preview({})).toMatchObject({ people: { known: 0 }, creates: null });
  }));
