import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { groupList } from "@/lib/groups/filters";
import type { Params } from "@/lib/lists/search-params";
import { company } from "@/lib/testing/company";
import { as, rolledBack } from "@/lib/testing/database";
import { userList } from "@/lib/users/filters";
import { createView } from "@/lib/views/commands";
import { openViews } from "@/lib/views/open";

/** A view of Eve's, and what an address asks of the list of users. */
async function stage(tx: Tx, query: string) {
  const { eve, sam } = await company(tx);
  const ctx = await as(tx, eve);
  const { id } = await createView(ctx, { list: "users", name: "Mine", query, shared: false });
  const open = async (params: Params, by = ctx) => {
    const opened = openViews(by, userList, params);
    const { filters, ignored } = userList.read(await opened.params);
    return { ...(await opened.views), filters, ignored };
  };
  return { id, open, sam: await as(tx, sam) };
}

describe("B5: a view in the address", () => {
  test("alone means its own filters, sort and part, at any place in it", () =>
    rolledBack(async (tx) => {
      const { id, open } = await stage(tx, "view=archived&sort=-createdAt&q=eve&dormant=90");
      const found = await open({ view: id.toUpperCase(), after: "place" });
      expect(found.filters).toMatchObject({ view: "archived", sort: "-createdAt", q: "eve", dormant: [90], saved: id });
      expect(found.filters.after).toBe("place");
      expect(found.current).toMatchObject({ name: "Mine", edited: false, may: { save: true, delete: true } });
      const href = userList.toHref(found.filters);
      expect(href).toBe(`/admin/users?view=${id}&q=eve&view=archived&sort=-createdAt&dormant=90`);
      const same = await open({ view: [id, "archived"], q: "eve", sort: "-createdAt", dormant: "90" });
      expect(same.current?.edited).toBe(false);
    }));

  test("beside anything else is edited, also where nothing is left of it", () =>
    rolledBack(async (tx) => {
      const { id, open } = await stage(tx, "status=disabled");
      const other = await open({ view: id, status: "locked" });
      expect([other.filters.status, other.current?.edited, other.state]).toEqual([["locked"], true, "status=locked"]);
      const { filters } = await open({ view: id });
      const bare = userList.toHref(filters, { status: [] });
      expect(bare).toBe(`/admin/users?view=${id}&q=`);
      const emptied = await open({ view: id, q: "" });
      expect([emptied.filters.status, emptied.current?.edited, emptied.state]).toEqual([[], true, ""]);
      expect(userList.viewHref(filters, "archived")).toBe("/admin/users?view=archived");
    }));

  test("of somebody else, of another list, or deleted is reported, and the rest of the address counts", () =>
    rolledBack(async (tx) => {
      const { id, open, sam } = await stage(tx, "status=disabled");
      const found = await open({ view: id, q: "eve" }, sam);
      expect(found).toMatchObject({ missing: true, current: null, all: [], ignored: [] });
      expect(found.filters).toMatchObject({ q: "eve", status: [] });
      expect(found.filters.saved).toBeUndefined();
      expect(await openViews(sam, groupList, { view: id }).views).toMatchObject({ missing: true, all: [] });
      expect(await open({ view: "archived" })).toMatchObject({ missing: false, current: null, state: "view=archived" });
    }));

  test("blocks nothing where the address names no view", () =>
    rolledBack(async (tx) => {
      const { sam } = await stage(tx, "");
      const unanswered: typeof sam.db = new Proxy(
        Object.assign(() => unanswered, sam.db),
        {
          get: (_, name) => (name === "then" ? () => {} : unanswered),
        },
      );
      const { params } = openViews({ ...sam, db: unanswered }, userList, { view: "archived" });
      expect(await params).toEqual({ view: "archived" });
    }));

  test("a place in a list belongs to its filters, by whatever view they came", () => {
    const id = "0193a4c5-0000-7000-8000-000000000001";
    expect(userList.toPairs({ ...userList.usual, saved: id })).toEqual([
      ["view", id],
      ["q", ""],
    ]);
    expect(userList.toPairs({ ...userList.usual, saved: id, view: "archived" })).toEqual([
      ["view", id],
      ["view", "archived"],
    ]);
    expect(userList.read({ view: "nonsense" }).ignored).toEqual(["view=nonsense"]);
  });
});
