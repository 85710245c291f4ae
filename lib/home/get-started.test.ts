import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { authenticators, settings } from "@/db/schema";
import { getStarted } from "@/lib/home/get-started";
import { storedTransport, transportKey } from "@/lib/mail/transport";
import { dismissFirstSteps } from "@/lib/settings/commands";
import { company } from "@/lib/testing/company";
import { as, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { loadPreset } from "@/lib/testing/presets";
import { readingAlone } from "@/lib/testing/read-only";

const stepsFor = async (tx: Tx, person: { id: string }) =>
  (await getStarted(await as(tx, person)))?.steps.map(({ key, action }) => [key, action.label]) ?? null;

test("an administrator alone sees every step, and each goes when it is done", () =>
  rolledBack(async (tx) => {
    await loadPreset(tx, "quality_assurance");
    const ada = await makeUser(tx, { primaryRole: "Quality Manager", roles: ["Admin"] });
    expect(await stepsFor(tx, ada)).toEqual([
      ["colleague", "Create user"],
      ["mail", "Set up mail"],
      ["factor", "Add second factor"],
      ["administrator", "Add administrator"],
    ]);
    await makeUser(tx, { primaryRole: "Quality Manager" });
    const secret = { ...{ host: "mail.example", port: 25, security: "opportunistic", user: "", password: "" } };
    await tx.insert(settings).values({ key: transportKey, value: { ...secret, from: "gatehouse@northwind.example" } });
    expect(await storedTransport(tx)).not.toBeNull();
    expect(await stepsFor(tx, ada)).toEqual([
      ["factor", "Add second factor"],
      ["administrator", "Add administrator"],
    ]);
    await tx.insert(authenticators).values({ userId: ada.id, secret: "sealed", confirmedAt: new Date() });
    await makeUser(tx, { primaryRole: "Quality Manager", roles: ["Admin"] });
    expect(await stepsFor(tx, ada)).toBeNull();
  }));

test("the steps are dismissed for every administrator, with an event", () =>
  rolledBack(async (tx) => {
    const { ada } = await company(tx);
    expect(await stepsFor(tx, ada)).not.toBeNull();
    await dismissFirstSteps(await as(tx, ada), {});
    expect(await stepsFor(tx, ada)).toBeNull();
    const event = await lastEvent(tx);
    expect(event).toMatchObject({ operation: "setting.update", values: { "change.value": ["shown", "dismissed"] } });
    await dismissFirstSteps(await as(tx, ada), {});
    expect((await lastEvent(tx)).id).toBe(event.id);
  }));

test("they are one statement for administrators, and none for anybody else", () =>
  withFreshDatabase("first_steps", async (db, url) => {
    const { ada, quinn } = await company(db);
    const [administrator, other] = [await as(db, ada), await as(db, quinn)];
    await readingAlone(url, 1, (tx) => getStarted({ ...administrator, db: tx }), 1);
    await readingAlone(url, 0, async (tx) => expect(await getStarted({ ...other, db: tx })).toBeNull(), 0);
  }));
