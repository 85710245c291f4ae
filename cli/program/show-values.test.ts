import { expect, test } from "vitest";
import { changeLines } from "./show-changes";
import { cut, harmless, recordLines, shown, widthOf } from "./show-values";
import { tableOf } from "./table";

test("a name cannot move the cursor, colour the screen or turn what follows", () => {
  expect(harmless("\u001b[31mEve\u0007\n")).toBe("\\u{1b}[31mEve\\u{7}\\u{a}");
  expect(harmless("Eve\u202egnp.exe\u009b")).toBe("Eve\\u{202e}gnp.exe\\u{9b}");
  expect(shown({ id: "1", name: "A\u001bB" })).toBe("A\\u{1b}B");
  expect(recordLines({ "a\u001b": "b\u001b" })).toEqual(["a\\u{1b}: b\\u{1b}"]);
  const changes = { name: { before: "a", after: "b\u001b" } };
  expect(changeLines({ changes, access: null, unchanged: false })).toEqual([
    'name would change from "a" to "b\\u{1b}".',
  ]);
});

test("of a thing without a name only what is known is shown", () => {
  const actor = { id: null, name: null, kind: "nobody", token: null, tokenMaker: null };
  expect(shown(actor)).toBe("kind nobody");
  expect(shown({ registered: 0, total: 2 })).toBe("registered 0, total 2");
});

test("a dry run says until when something is gained or kept", () => {
  const [operations, people] = [[{ operation: "user.read", scope: "all" }], [{ name: "Eve" }]];
  const line = (more: object) => ({ operations, count: 1, people, severalEnds: false, endOnly: false, ...more });
  const said = (gains: object[], loses: object[]) =>
    changeLines({
      changes: {},
      access: { people: { value: 1, exact: true }, gains, loses } as never,
      unchanged: false,
    });
  const until = "2099-01-01T00:00:00.000Z";
  expect(
    said(
      [
        line({ until }),
        line({ until, endOnly: true }),
        line({ until: null, endOnly: true }),
        line({ until: null, severalEnds: true }),
        line({ until: null }),
      ],
      [line({ until, endOnly: true }), line({ until: null }), line({ until: null, severalEnds: true, endOnly: true })],
    ),
  ).toEqual([
    `Eve would gain user.read (all) until ${until}.`,
    `Eve would keep user.read (all) longer, until ${until}.`,
    "Eve would keep user.read (all) without an end.",
    "Eve would gain user.read (all) until different dates.",
    "Eve would gain user.read (all).",
    `Eve would lose user.read (all) on ${until}.`,
    "Eve would lose user.read (all).",
    "Eve would lose user.read (all) on different dates.",
  ]);
});

test("a dry run says what has no fields, what is so already, and which service accounts do less", () => {
  expect(changeLines({ changes: {}, access: null, unchanged: false })).toEqual(["The change would be made."]);
  expect(changeLines({ changes: {}, access: null, unchanged: true })).toEqual(["Nothing would change."]);
  const operations = [{ operation: "user.read", scope: "all" }];
  const none = { people: { value: 0, exact: true }, gains: [], loses: [] };
  const loses = [{ operations, count: 2, serviceAccounts: [{ name: "Nightly" }] }];
  expect(
    changeLines({ changes: {}, access: { ...none, serviceAccounts: { gains: [], loses } }, unchanged: false }),
  ).toEqual(["service account Nightly, 1 more would lose user.read (all)."]);
});

test("a dry run says who comes to reach whom, and who is an administrator no longer", () => {
  const operations = [{ operation: "user.read", scope: "reports" }];
  const none = { people: { value: 0, exact: true }, gains: [], loses: [], serviceAccounts: { gains: [], loses: [] } };
  const reach = {
    gains: [{ operations, count: 2, people: [{ name: "Lee" }], over: 3 }],
    loses: [
      { operations, count: 1, people: [], over: 1 },
      { operations, count: 1, people: [{ name: "Quinn" }], over: 0 },
    ],
  };
  const access = { ...none, reach, administrators: { gain: 0, lose: 1 } };
  expect(changeLines({ changes: { manager: { before: null, after: "Lee" } }, access, unchanged: false })).toEqual([
    'manager would be "Lee".',
    "Lee, 1 more would reach 3 people with user.read (reports).",
    "1 person would no longer reach 1 person with user.read (reports).",
    "Quinn would no longer be the owner, with user.read (reports).",
    "1 person would no longer be an administrator.",
  ]);
});

test("one thing is a line for each value", () => {
  const group = {
    id: "1",
    owner: { id: "2", name: "Lee" },
    roles: [{ id: "3", name: "Reader", endsAt: null }],
    tags: ["a", "b"],
    members: null,
  };
  expect(recordLines(group)).toEqual([
    ...["id: 1", "owner.id: 2", "owner.name: Lee", "roles[0].id: 3", "roles[0].name: Reader", "roles[0].endsAt:"],
    ...["tags: a, b", "members:"],
  ]);
  expect([
    shown({ value: 5, exact: true }),
    shown({ value: 5, exact: false }),
    shown([{ name: "a" }, { name: "b" }]),
  ]).toEqual([...["5", "more than 5", "a, b"]]);
});

test("a table has room for what a terminal shows, and cuts by what is seen", () => {
  expect([widthOf("日本"), widthOf("e\u0301"), cut("日本語です", 5), cut("short", 5)]).toEqual([
    4,
    1,
    "日本…",
    "short",
  ]);
  const items = [
    { id: "0196f0c2-0000-7000-8000-000000000001", name: "A name that is quite long for a narrow terminal", more: "x" },
    { id: "0196f0c2-0000-7000-8000-000000000002", name: "日本", more: "y" },
  ];
  const narrow = tableOf(items, ["id", "name", "more"], { width: 60, chosen: false });
  for (const line of [narrow.head, ...items.map(narrow.line)]) expect(widthOf(line)).toBeLessThanOrEqual(60);
  expect(narrow.head).toMatch(/^id +name$/);
  expect(narrow.line(items[0] ?? {})).toMatch(/001 {2}A name that is quite …$/);
  const whole = tableOf(items, ["id", "name", "more"], { width: null, chosen: false });
  expect(whole.line(items[0] ?? {})).toContain("narrow terminal  x");
  expect(tableOf([], ["name"], { width: 80, chosen: false }).head).toBe("name");
});
