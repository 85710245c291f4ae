import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "@/db/columns";
import type { ShownStatus } from "@/db/enums";
import { users } from "@/db/schema";
import { isEnded, isLocked, type Standing, statusAt, statusCondition } from "@/lib/authz/account-status";
import { nameColumns } from "@/lib/normalization/names";
import { roleNamed, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";
import { liveStatuses } from "@/lib/users/filters";

const at = new Date("2026-11-20T09:00:00.000Z");
const moved = (milliseconds: number) => new Date(at.getTime() + milliseconds);

/** What is stored, before the dates and locks have their say. A disabled person remembers what they were. */
const stored = [
  { status: "active", statusBeforeDisable: null },
  { status: "invited", statusBeforeDisable: null },
  { status: "archived", statusBeforeDisable: null },
  { status: "disabled", statusBeforeDisable: null },
  { status: "disabled", statusBeforeDisable: "active" },
  { status: "disabled", statusBeforeDisable: "invited" },
  { status: "archived", statusBeforeDisable: "invited" },
  { status: "active", statusBeforeDisable: "invited" },
] as const satisfies Pick<Standing, "status" | "statusBeforeDisable">[];

const ends = {
  none: null,
  "long past": moved(-86_400_000),
  "just past": moved(-1),
  now: at,
  soon: moved(1),
  later: moved(86_400_000),
};
const passed = ["long past", "just past", "now"] as const satisfies (keyof typeof ends)[];
const locks = {
  none: [null, null],
  lasting: [moved(-1), null],
  timed: [moved(-1), moved(1)],
  over: [moved(-2), at],
} as const;

type Case = { standing: Standing; wanted: ShownStatus; named: string };

/**
 * Every case with its answer, written down by hand and not computed: a stored state x what it was before it was disabled x
 * the end of the disablement x the end of access x a lock. What is not written here is the row's first answer.
 */
const answers: Record<
  string,
  { first: ShownStatus; over?: ShownStatus; locked?: ShownStatus; overAndLocked?: ShownStatus }
> = {
  "active, never disabled": { first: "active", locked: "locked", over: "active", overAndLocked: "locked" },
  "active, was invited": { first: "active", locked: "locked", over: "active", overAndLocked: "locked" },
  "invited, never disabled": { first: "invited" },
  "archived, never disabled": { first: "archived" },
  "archived, was invited": { first: "archived" },
  "disabled, never disabled": { first: "disabled", over: "active", overAndLocked: "locked" },
  "disabled, was active": { first: "disabled", over: "active", overAndLocked: "locked" },
  "disabled, was invited": { first: "disabled", over: "invited" },
};

const cases: Case[] = stored.flatMap((state) =>
  Object.entries(ends).flatMap(([until, disabledUntil]) =>
    Object.entries(ends).flatMap(([access, accessEndsAt]) =>
      Object.entries(locks).map(([lock, [lockedAt, lockedUntil]]): Case => {
        const was = state.statusBeforeDisable ? `was ${state.statusBeforeDisable}` : "never disabled";
        const row = answers[`${state.status}, ${was}`]!;
        const over = passed.some((one) => one === until);
        const locked = lock === "lasting" || lock === "timed";
        const answer = locked ? (over ? row.overAndLocked : row.locked) : over ? row.over : undefined;
        const wanted = answer ?? (over ? row.over : undefined) ?? row.first;
        const ended = passed.some((one) => one === access) && state.status !== "archived";
        return {
          standing: { ...state, disabledUntil, accessEndsAt, lockedAt, lockedUntil },
          wanted: ended ? "disabled" : wanted,
          named: `${state.status}, ${was}, disabled until ${until}, access to ${access}, lock ${lock}`,
        };
      }),
    ),
  ),
);

test("the state of a person is what the table of cases says, in TypeScript (U10)", () => {
  const wrong = cases.filter(({ standing, wanted }) => statusAt(standing, at) !== wanted);
  expect(wrong.map(({ named }) => named)).toEqual([]);
});

test("and in SQL, where exactly one condition is true of each person who is not archived (U10)", () =>
  rolledBack(async (tx) => {
    await loadPreset(tx);
    const primaryRoleId = (await roleNamed(tx, "Quality Engineer")).id;
    const ids = cases.map(() => newId());
    const people = cases.map(({ standing }, index) => {
      const named = { username: `p${index}`, email: `p${index}@northwind.example`, firstName: "P", lastName: "" };
      return { id: ids[index]!, ...standing, ...named, ...nameColumns(named), primaryRoleId };
    });
    await tx.insert(users).values(people);
    const columns = Object.fromEntries(
      liveStatuses.map((status) => [status, sql<boolean>`coalesce(${statusCondition(status, at)}, false)`]),
    );
    const rows = await tx.select({ id: users.id, ...columns }).from(users);
    expect(rows).toHaveLength(cases.length);
    const found = new Map(rows.map(({ id, ...conditions }) => [id, conditions as Record<string, boolean>]));
    const wrong = cases.flatMap(({ wanted, named }, index) => {
      const inSql = liveStatuses.filter((status) => found.get(ids[index]!)?.[status]);
      if (wanted === "archived") return [];
      return inSql.length === 1 && inSql[0] === wanted ? [] : [{ named, wanted, inSql }];
    });
    expect(wrong).toEqual([]);
  }));

const active: Standing = {
  status: "active",
  statusBeforeDisable: null,
  disabledUntil: null,
  accessEndsAt: null,
  lockedAt: null,
  lockedUntil: null,
};

test.each([
  ["active", {}, "active"],
  ["a lock wins over active", { lockedAt: moved(-1), lockedUntil: moved(1) }, "locked"],
  ["a lock without an end lasts", { lockedAt: moved(-1) }, "locked"],
  ["a lock ends at its end", { lockedAt: moved(-1), lockedUntil: at }, "active"],
  ["a disablement wins over a lock", { status: "disabled", lockedAt: moved(-1) }, "disabled"],
  ["a disablement ends at its end", { status: "disabled", disabledUntil: at }, "active"],
  ["and not before", { status: "disabled", disabledUntil: moved(1) }, "disabled"],
  [
    "who was invited is invited again",
    { status: "disabled", statusBeforeDisable: "invited", disabledUntil: at },
    "invited",
  ],
  ["access ends at its end (U17)", { accessEndsAt: at }, "disabled"],
  ["and not before", { accessEndsAt: moved(1) }, "active"],
  ["an invitation ends with access", { status: "invited", accessEndsAt: moved(-1) }, "disabled"],
  ["an invited person is not locked", { status: "invited", lockedAt: moved(-1) }, "invited"],
  ["archived wins over everything", { status: "archived", accessEndsAt: at, lockedAt: moved(-1) }, "archived"],
] as const)("%s", (_, more, shown) => {
  expect(statusAt({ ...active, ...more }, at)).toBe(shown);
});

test("the parts agree with the whole", () => {
  for (const { standing } of cases) {
    const shown = statusAt(standing, at);
    if (shown === "locked") expect(isLocked(standing, at)).toBe(true);
    if (shown === "active") expect(isLocked(standing, at) || isEnded(standing, at)).toBe(false);
  }
});
