import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { newId } from "@/db/columns";
import { roleOperations, roles, sessions, settings } from "@/db/schema";
import { findSession } from "@/lib/auth/session";
import { readSettings } from "@/lib/platform/read-settings";
import type { SettingKey } from "@/lib/platform/settings-catalogue";
import { updateSetting } from "@/lib/settings/commands";
import { listSettings } from "@/lib/settings/queries";
import { company, refused } from "@/lib/testing/company";
import { as, asNobody, asOperator, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";

describe("a setting", () => {
  test("is changed with an event old → new, and says by whom and when", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      await updateSetting(asOperator(tx), { key: "sessions.idleHours", value: "24" });
      expect((await readSettings(tx))["sessions.idleHours"]).toBe(24);
      expect(await lastEvent(tx)).toMatchObject({
        operation: "setting.update",
        outcome: "succeeded",
        values: { "fact.setting": "Idle limit", "change.value": ["12 hours", "24 hours"] },
      });
      const shown = (await listSettings(await as(tx, ada))).find(({ key }) => key === "sessions.idleHours");
      expect(shown).toMatchObject({ value: "24", words: "24 hours", isDefault: false, defaultWords: "12 hours" });
      expect(shown?.changed).toMatchObject({ by: null });
    }));

  test("is listed for actors who may see the settings, and says by whom within their sight alone (R11)", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const [role] = await tx.insert(roles).values({ name: "Looks", nameKey: "looks", kind: "additional" }).returning();
      await tx.insert(roleOperations).values({ roleId: role!.id, operation: "setting.read", scope: "all" });
      const reader = await makeUser(tx, { roles: ["Looks"] });
      await updateSetting(await as(tx, ada), { key: "sessions.idleHours", value: "24" });
      const changedBy = async (person: { id: string }) => {
        const listed = await listSettings(await as(tx, person));
        return listed.find(({ key }) => key === "sessions.idleHours")?.changed?.by;
      };
      expect(await changedBy(ada)).toEqual({ id: ada.id, name: "Ada Admin" });
      expect(await changedBy(reader)).toBeNull();
      await expect(listSettings(await as(tx, eve))).rejects.toEqual(
        refused("forbidden", /permission to see the settings/),
      );
      await expect(listSettings(asNobody(tx))).rejects.toEqual(refused("forbidden"));
    }));

  test("may be a text, which may be blank", () =>
    rolledBack(async (tx) => {
      await updateSetting(asOperator(tx), { key: "clients.newestVersion", value: " 2.10.1 " });
      expect((await readSettings(tx))["clients.newestVersion"]).toBe("2.10.1");
      expect((await lastEvent(tx)).values["change.value"]).toEqual(["none", "2.10.1"]);
      await updateSetting(asOperator(tx), { key: "clients.newestVersion", value: "" });
      expect((await readSettings(tx))["clients.newestVersion"]).toBe("");
    }));

  test("goes back to its default", () =>
    rolledBack(async (tx) => {
      await updateSetting(asOperator(tx), { key: "lockout.mode", value: "until_unlocked" });
      await updateSetting(asOperator(tx), { key: "lockout.mode", value: null });
      expect((await readSettings(tx))["lockout.mode"]).toBe("timed");
      expect((await lastEvent(tx)).values["change.value"]).toEqual([
        "Until an administrator unlocks",
        "For 15 minutes, doubling",
      ]);
    }));

  test.each<[SettingKey, string | number, RegExp]>([
    ["lockout.failures", 2, /from 3 to 20/],
    ["lockout.failures", "", /from 3 to 20/],
    ["lockout.failures", "5.5", /from 3 to 20/],
    ["sessions.idleHours", "abc", /from 1 to 720/],
    ["lockout.mode", "never", /Choose one/],
    ["clients.newestVersion", "the newest", /a version such as/],
  ])("refuses %s = %s", (key, value, words) =>
    rolledBack(async (tx) => {
      await expect(updateSetting(asOperator(tx), { key, value })).rejects.toEqual(
        expect.objectContaining({ code: "invalid", fields: { value: expect.stringMatching(words) } }),
      );
      expect(await tx.select().from(settings).where(eq(settings.key, key))).toEqual([]);
    }),
  );

  test("is refused to somebody who may only see it", () =>
    rolledBack(async (tx) => {
      const { lee } = await company(tx);
      await expect(updateSetting(await as(tx, lee), { key: "lockout.failures", value: 4 })).rejects.toEqual(
        refused("forbidden"),
      );
    }));
});

test("S9: a limit that was lowered applies from the next request on, for sessions that were open already", () =>
  rolledBack(async (tx) => {
    const { lee } = await company(tx);
    const now = new Date("2026-11-20T09:00:00Z");
    const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
    const id = newId();
    const row = { id, userId: lee.id, address: "10.0.0.1", agent: "test" };
    await tx.insert(sessions).values({ ...row, startedAt: ago(50), lastSeenAt: ago(3), endsAt: ago(-500) });
    const found = () => findSession(tx as never, id, now);
    expect(await found()).not.toBeNull();
    await updateSetting(asOperator(tx), { key: "sessions.idleHours", value: 2 });
    expect(await found()).toBeNull();
    await updateSetting(asOperator(tx), { key: "sessions.idleHours", value: 4 });
    expect(await found()).not.toBeNull();
    await updateSetting(asOperator(tx), { key: "sessions.absoluteDays", value: 2 });
    expect(await found()).toBeNull();
  }));
