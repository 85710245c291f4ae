import { expect, test } from "vitest";
import { listSettings } from "@/lib/settings/queries";
import { updateSettings } from "@/lib/settings/update-all";
import { company } from "@/lib/testing/company";
import { as, lastEvent, rolledBack } from "@/lib/testing/database";

test("each setting is saved by itself: one that is refused does not block the others, and each change has its event", () =>
  rolledBack(async (tx) => {
    const { ada } = await company(tx);
    const ctx = await as(tx, ada);
    const saved = await updateSettings(ctx, [
      { key: "sessions.absoluteDays", value: "999" },
      { key: "sessions.idleHours", value: "24" },
    ]);
    expect(saved).toEqual([
      { key: "sessions.absoluteDays", refusal: "Enter a whole number from 1 to 365." },
      { key: "sessions.idleHours", refusal: null },
    ]);
    const shown = new Map((await listSettings(ctx)).map(({ key, value }) => [key, value]));
    expect([shown.get("sessions.absoluteDays"), shown.get("sessions.idleHours")]).toEqual(["30", "24"]);
    expect(await lastEvent(tx)).toMatchObject({ operation: "setting.update" });
  }));

test("actors who may not change settings change none", () =>
  rolledBack(async (tx) => {
    const { lee } = await company(tx);
    await expect(updateSettings(await as(tx, lee), [{ key: "sessions.idleHours", value: "24" }])).rejects.toMatchObject(
      { code: "forbidden" },
    );
  }));
