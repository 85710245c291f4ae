import { describe, expect, test } from "vitest";
import { exportOwnData } from "@/lib/account/export";
import { updatePreferences } from "@/lib/account/preferences";
import { preferencesSchema } from "@/lib/account/preferences-schema";
import { getAccount } from "@/lib/account/queries";
import { hashPassword } from "@/lib/auth/password-queue";
import { generateClient } from "@/lib/clients/commands";
import { parseInput } from "@/lib/http/parse-input";
import { company } from "@/lib/testing/company";
import { as, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { isZone, searchZones, zoneLabel } from "@/lib/time/zones";

/** As the form shows it to whoever has chosen nothing. */
const shown = { timeZone: "", dateForm: "", shortcuts: true };

test("single-key shortcuts are on until somebody turns them off, which is told in the event", () =>
  rolledBack(async (tx) => {
    const { eve } = await company(tx);
    const ctx = await as(tx, eve);
    expect(await getAccount(ctx)).toMatchObject({ shortcuts: true });
    await updatePreferences(ctx, parseInput(preferencesSchema, { ...shown, shortcuts: false }));
    expect(await getAccount(ctx)).toMatchObject({ shortcuts: false });
    expect((await lastEvent(tx)).values).toMatchObject({ "change.shortcuts": [true, false] });
  }));

describe("dates and times", () => {
  test("zone and form are kept, and told in the event", () =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      const ctx = await as(tx, eve);
      await updatePreferences(
        ctx,
        parseInput(preferencesSchema, { ...shown, timeZone: "Asia/Tokyo", dateForm: "iso" }),
      );
      expect(await getAccount(ctx)).toMatchObject({ timeZone: "Asia/Tokyo", dateForm: "iso" });
      expect((await lastEvent(tx)).values).toMatchObject({ "change.timeZone": [null, "Asia/Tokyo"] });
      await updatePreferences(ctx, parseInput(preferencesSchema, shown));
      expect(await getAccount(ctx)).toMatchObject({ timeZone: null, dateForm: null });
    }));

  test.each([
    [{ ...shown, timeZone: "Mars/Olympus" }],
    [{ ...shown, dateForm: "tlh" }],
    [{ ...shown, timeZone: "x".repeat(65) }],
  ])("refuses %o", (input) => expect(preferencesSchema.safeParse(input).success).toBe(false));

  test("zones are found by parts of their names", () => {
    expect(searchZones("new york")).toEqual([{ id: "America/New_York", label: "America/New York" }]);
    expect(searchZones("europe/berl")).toEqual([{ id: "Europe/Berlin", label: "Europe/Berlin" }]);
    expect(searchZones("")).toHaveLength(50);
    expect(searchZones("").every(({ id }) => isZone(id))).toBe(true);
  });

  test("a zone is found by its current and by its former name, whatever the browser calls it", () => {
    const kolkata = [{ id: "Asia/Kolkata", label: "Asia/Kolkata" }];
    expect(searchZones("kolkata")).toEqual(kolkata);
    expect(searchZones("calcutta")).toEqual(kolkata);
    expect(searchZones("kyiv")).toEqual([{ id: "Europe/Kyiv", label: "Europe/Kyiv" }]);
    expect(searchZones("ho chi minh")).toEqual([{ id: "Asia/Ho_Chi_Minh", label: "Asia/Ho Chi Minh" }]);
    expect(zoneLabel("Asia/Calcutta")).toBe("Asia/Kolkata");
    expect(searchZones("").every(({ id }) => isZone(id))).toBe(true);
  });
});

test("one's own data is one JSON document without a secret, and that it was taken is in the log", () =>
  rolledBack(async (tx) => {
    const { ada } = await company(tx);
    const hash = await hashPassword("seven lanterns over the harbour");
    const person = await makeUser(tx, { username: "olga", firstName: "Olga", lastName: "Own", hash });
    const { token } = await generateClient(await as(tx, ada), { userId: person.id, name: "olga-desk" });
    const ctx = await as(tx, person);
    let text = "";
    for await (const piece of await exportOwnData(ctx)) text += piece;
    const data = JSON.parse(text);
    expect(data).toMatchObject({
      profile: { username: "olga", name: "Olga Own" },
      clients: [{ name: "olga-desk", status: "provisioned" }],
      secondFactors: { authenticatorApp: null, passkeys: [], recoveryCodesLeft: 0 },
    });
    expect(data.events.map(({ operation }: { operation: string }) => operation)).toEqual([
      "account.export",
      "client.generate",
    ]);
    for (const secret of [token, hash, token.slice(-30)]) expect(text).not.toContain(secret);
    expect(await lastEvent(tx)).toMatchObject({ operation: "account.export", personId: person.id, actorId: person.id });
  }));
