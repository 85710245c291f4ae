import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { newId } from "@/db/columns";
import { userStatuses } from "@/db/enums";
import { users } from "@/db/schema";
import { roleNamed, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";
import { liveStatuses } from "@/lib/users/filters";
import { nameColumns } from "@/lib/users/names";
import { isEnded, isLocked, type Standing, statusAt, statusCondition } from "@/lib/users/status";

const at = new Date("2026-11-20T09:00:00.000Z");
const moved = (milliseconds: number) => new Date(at.getTime() + milliseconds);
const dates = [null, moved(-86_400_000), moved(-1), at, moved(1), moved(86_400_000)];

/** Every state with every combination of dates around the moment. */
const standings: Standing[] = userStatuses.flatMap((status) =>
  dates.flatMap((disabledUntil) =>
    dates.flatMap((accessEndsAt) =>
      [null, moved(-3_600_000)].flatMap((lockedAt) =>
        dates.map((lockedUntil) => ({ status, disabledUntil, accessEndsAt, lockedAt, lockedUntil })),
      ),
    ),
  ),
);

test("the state of a person is the same in TypeScript and in SQL, whatever the dates (U10)", () =>
  rolledBack(async (tx) => {
    await loadPreset(tx);
    const primaryRoleId = (await roleNamed(tx, "Quality Engineer")).id;
    const people = standings.map((standing, index) => {
      const named = { username: `p${index}`, email: `p${index}@northwind.example`, firstName: "P", lastName: "" };
      return { id: newId(), ...standing, ...named, ...nameColumns(named), primaryRoleId };
    });
    await tx.insert(users).values(people);
    const columns = Object.fromEntries(
      liveStatuses.map((status) => [status, sql<boolean>`coalesce(${statusCondition(status, at)}, false)`]),
    );
    const rows = await tx.select({ person: users, ...columns }).from(users);
    expect(rows).toHaveLength(standings.length);
    const wrong = rows.flatMap(({ person, ...conditions }) => {
      const inSql = liveStatuses.filter((status) => (conditions as Record<string, boolean>)[status]);
      const wanted = statusAt(person, at);
      if (person.status === "archived") return wanted === "archived" ? [] : [{ wanted, inSql, person }];
      return inSql.length === 1 && inSql[0] === wanted ? [] : [{ wanted, inSql, person }];
    });
    expect(wrong).toEqual([]);
  }));

const active: Standing = {
  status: "active",
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
  ["access ends at its end (U17)", { accessEndsAt: at }, "disabled"],
  ["and not before", { accessEndsAt: moved(1) }, "active"],
  ["an invitation ends with access", { status: "invited", accessEndsAt: moved(-1) }, "disabled"],
  ["an invited person is not locked", { status: "invited", lockedAt: moved(-1) }, "invited"],
  ["archived wins over everything", { status: "archived", accessEndsAt: at, lockedAt: moved(-1) }, "archived"],
] as const)("%s", (_, more, shown) => {
  expect(statusAt({ ...active, ...more }, at)).toBe(shown);
});

test("the parts agree with the whole", () => {
  for (const standing of standings) {
    const shown = statusAt(standing, at);
    if (shown === "locked") expect(isLocked(standing, at)).toBe(true);
    if (shown === "active") expect(isLocked(standing, at) || isEnded(standing, at)).toBe(false);
  }
});
