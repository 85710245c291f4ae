import { describe, expect, test } from "vitest";
import { differenceOf, linesOf } from "@/lib/authz/difference";
import type { Access, Scope } from "@/lib/authz/model";
import { accessWith, role } from "@/lib/testing/access";

const soon = new Date("2027-01-01T00:00:00Z");
const later = new Date("2027-02-01T00:00:00Z");

const holding = (operation: string, scope: Scope, endsAt: Date | null = null) =>
  role({
    operations: [{ operation, scope }],
    origins: [{ via: "direct", groupId: null, groupName: null, endsAt }],
  });
const all = accessWith(holding("client.read", "all"));
const reports = accessWith(holding("client.read", "reports"));
const both = accessWith(holding("client.read", "reports"), holding("client.read", "self"));
const nothing = accessWith();

describe("what one person gains and loses", () => {
  const gain = (operation: string, scope: Scope, until: Date | null = null, endOnly = false) => ({
    gains: [{ operation, scope, until, endOnly }],
    loses: [],
  });
  const table: [string, Access, Access, ReturnType<typeof differenceOf>][] = [
    ["nothing, when nothing changes", both, both, { gains: [], loses: [] }],
    ["everyone, without losing those below", reports, all, gain("client.read", "all")],
    ["one's own account beside those below", reports, both, gain("client.read", "self")],
    ["nothing narrower than everyone", all, accessWith(...all.roles, ...both.roles), { gains: [], loses: [] }],
    ["the widest alone", nothing, accessWith(...both.roles, ...all.roles), gain("client.read", "all")],
    [
      "nothing that is under an operation that is held",
      accessWith(holding("client.manage", "all")),
      accessWith(holding("client.manage", "all"), holding("client.deregister", "reports")),
      { gains: [], loses: [] },
    ],
    [
      "a dormant role that becomes active",
      accessWith({ ...holding("user.read", "all"), inForce: false }),
      accessWith(holding("user.read", "all")),
      gain("user.read", "all"),
    ],
    [
      "a later end",
      accessWith(holding("user.read", "all", soon)),
      accessWith(holding("user.read", "all", later)),
      gain("user.read", "all", later, true),
    ],
    [
      "no end any more",
      accessWith(holding("user.read", "all", soon)),
      accessWith(holding("user.read", "all")),
      gain("user.read", "all", null, true),
    ],
    [
      "nothing, while another origin lasts longer",
      accessWith(holding("user.read", "all")),
      accessWith(holding("user.read", "all"), holding("user.read", "all", soon)),
      { gains: [], loses: [] },
    ],
  ];

  test.each(table)("%s", (_, before, after, difference) => {
    expect(differenceOf(before, after)).toEqual(difference);
  });

  test("the other way round, from when it is lost", () => {
    expect(differenceOf(all, nothing).loses).toEqual([
      { operation: "client.read", scope: "all", until: null, endOnly: false },
    ]);
    const dated = accessWith(holding("client.read", "all", soon));
    expect(differenceOf(all, dated).loses).toEqual([
      { operation: "client.read", scope: "all", until: soon, endOnly: true },
    ]);
  });

  test("the built-in Admin comes with everything, at everyone", () => {
    const admin = { ...accessWith(role({ admin: true })), appOperations: ["project.create"] };
    const { gains } = differenceOf(both, admin);
    expect(gains).toContainEqual({ operation: "user.purge", scope: "all", until: null, endOnly: false });
    expect(gains).toContainEqual({ operation: "project.create", scope: "all", until: null, endOnly: false });
  });
});

describe("one line for what the same people do", () => {
  const change = (operation: string, until: Date | null = null) =>
    ({ operation, scope: "all", until, endOnly: false }) as const;

  test("the greatest first, operations in the order of the catalogue", () => {
    const lines = linesOf([
      { people: ["a", "b"], changes: [change("user.unlock"), change("project.create"), change("user.read")] },
      { people: ["c"], changes: [change("user.read")] },
    ]);
    expect(lines.map(({ people, operations }) => [people, operations.map(({ operation }) => operation)])).toEqual([
      [["a", "b", "c"], ["user.read"]],
      [
        ["a", "b"],
        ["user.unlock", "project.create"],
      ],
    ]);
  });

  test("many ends are reported as several", () => {
    const days = Array.from({ length: 30 }, (_, day) => ({
      people: [`p${day}`],
      changes: [change("user.read", new Date(soon.getTime() + day * 86_400_000))],
    }));
    expect(linesOf(days.slice(0, 5))).toHaveLength(5);
    const [line, ...more] = linesOf(days);
    expect(more).toEqual([]);
    expect(line?.until).toBe("several");
    expect(line?.people).toHaveLength(30);
  });
});
