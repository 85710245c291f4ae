import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { groups } from "@/db/schema";
import { labelFilters } from "@/lib/groups/labels";
import { company } from "@/lib/testing/company";
import { as, makeUser, rolledBack } from "@/lib/testing/database";
import { searchManagers, searchOwners, searchPeople } from "@/lib/users/pickers";

const ids = async (found: Promise<{ id: string }[]>) => (await found).map(({ id }) => id);

test("whoever chooses a manager or an owner among people below is offered as well, where they can be (R14, U8)", () =>
  rolledBack(async (tx) => {
    const { quinn, lee, eve } = await company(tx);
    const ctx = await as(tx, lee);
    const offered = (q: string, more = {}) => ids(searchPeople(ctx, q, { oneself: true, ...more }));
    expect(await offered("")).toEqual([eve.id, lee.id]);
    expect(await offered("lee")).toEqual([lee.id]);
    expect(await offered("", { notBelow: eve.id })).toEqual([lee.id]);
    expect(await offered("", { notBelow: lee.id })).toEqual([]);
    expect(await offered("", { exclude: [lee.id] })).toEqual([eve.id]);
    expect(await offered("quinn")).toEqual([]);
    expect(await ids(searchPeople(ctx, ""))).toEqual([eve.id]);
    expect(await ids(searchManagers(ctx, ""))).toEqual([lee.id]);
    expect(await ids(searchManagers(ctx, { ids: [lee.id, quinn.id] }))).toEqual([lee.id]);
  }));

const owned = (tx: Tx, name: string, ownerId: string) =>
  tx.insert(groups).values({ name, nameKey: name.toLowerCase(), ownerId });

test("the filter by owner finds owners in every state, by name and for its labels, and nobody out of sight (R5, R11)", () =>
  rolledBack(async (tx) => {
    const { ada, lee, eve } = await company(tx);
    const off = await makeUser(tx, { username: "off", firstName: "Off", status: "disabled" });
    const gone = await makeUser(tx, { username: "gone", firstName: "Gone", status: "archived" });
    await owned(tx, "One", off.id);
    await owned(tx, "Two", gone.id);
    await owned(tx, "Three", ada.id);
    const ctx = await as(tx, ada);
    expect(await ids(searchOwners(ctx, ""))).toEqual([ada.id, gone.id, off.id]);
    expect(await ids(searchOwners(ctx, "gone"))).toEqual([gone.id]);
    expect(await ids(searchOwners(await as(tx, lee), ""))).toEqual([]);
    expect(await ids(searchOwners(await as(tx, eve), { ids: [ada.id, eve.id] }))).toEqual([eve.id]);
    const { owner } = await labelFilters(ctx, { owner: [gone.id, off.id], role: [] } as never);
    expect(owner.map(({ label }) => label)).toEqual(["Gone Person", "Off Person"]);
  }));
