import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { updateAccount } from "@/lib/account/commands";
import { exportOwnData } from "@/lib/account/export";
import { updateAccountSchema } from "@/lib/account/profile-schema";
import { getAccount } from "@/lib/account/queries";
import { hashPassword } from "@/lib/auth/password-queue";
import { generateClient } from "@/lib/clients/commands";
import type { Ctx, Person } from "@/lib/context";
import { parseInput } from "@/lib/http/parse-input";
import { company } from "@/lib/testing/company";
import { as, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { isZone, searchZones, zoneLabel } from "@/lib/time/zones";

/** As the form sends it. */
const save = (ctx: Ctx<Person>, sent: z.input<typeof updateAccountSchema>) =>
  updateAccount(ctx, parseInput(updateAccountSchema, sent));

test("single-key shortcuts are on until somebody turns them off, which the event says", () =>
  rolledBack(async (tx) => {
    const { eve } = await company(tx);
    const ctx = await as(tx, eve);
    expect(await getAccount(ctx)).toMatchObject({ shortcuts: true });
    await save(ctx, { version: 1, shortcuts: false });
    expect(await getAccount(ctx)).toMatchObject({ shortcuts: false });
    expect((await lastEvent(tx)).values).toMatchObject({ "change.shortcuts": [true, false] });
  }));

describe("name and preferences", () => {
  test("are saved in one commit, with one event", () =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      const ctx = await as(tx, eve);
      expect(await save(ctx, { version: 1, firstName: "Eva", timeZone: "Asia/Tokyo" })).toEqual({ version: 2 });
      expect(await getAccount(ctx)).toMatchObject({ firstName: "Eva", lastName: eve.lastName, timeZone: "Asia/Tokyo" });
      const changes = Object.keys((await lastEvent(tx)).values).filter((path) => path.startsWith("change."));
      expect(changes.toSorted()).toEqual(["change.firstName", "change.timeZone"]);
    }));

  test("U9: a name that was changed meanwhile saves neither; preferences alone are nobody else's", () =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      const ctx = await as(tx, eve);
      await save(ctx, { version: 1, firstName: "Eva" });
      await expect(save(ctx, { version: 1, lastName: "E.", timeZone: "Asia/Tokyo" })).rejects.toMatchObject({
        code: "conflict",
      });
      expect(await getAccount(ctx)).toMatchObject({ lastName: eve.lastName, timeZone: null });
      expect(await save(ctx, { version: 1, timeZone: "Asia/Tokyo" })).toEqual({ version: 2 });
      expect(await getAccount(ctx)).toMatchObject({ firstName: "Eva", timeZone: "Asia/Tokyo" });
    }));
});

describe("dates and times", () => {
  test("zone and form are kept, and recorded in the event", () =>
    rolledBack(async (tx) => {
      const { eve } = await company(tx);
      const ctx = await as(tx, eve);
      await save(ctx, { version: 1, timeZone: "Asia/Tokyo", dateForm: "iso" });
      expect(await getAccount(ctx)).toMatchObject({ timeZone: "Asia/Tokyo", dateForm: "iso" });
      expect((await lastEvent(tx)).values).toMatchObject({ "change.timeZone": [null, "Asia/Tokyo"] });
      await save(ctx, { version: 1, timeZone: "", dateForm: "" });
      expect(await getAccount(ctx)).toMatchObject({ timeZone: null, dateForm: null });
    }));

  test.each([[{ timeZone: "Mars/Olympus" }], [{ dateForm: "tlh" }], [{ timeZone: "x".repeat(65) }]])(
    "refuses %o",
    (sent) => expect(updateAccountSchema.safeParse({ version: 1, ...sent }).success).toBe(false),
  );

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
