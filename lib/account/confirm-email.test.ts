import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { signInNames, users } from "@/db/schema";
import { demoPassword as currentPassword } from "@/db/seed/cast";
import { changeEmail } from "@/lib/account/commands";
import { cancelEmailChange, confirmEmail } from "@/lib/account/confirm-email";
import { hashPassword } from "@/lib/auth/password-queue";
import { findPendingEmail } from "@/lib/links/queries";
import { refused, wrongField } from "@/lib/testing/company";
import { as, asNobody, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";
import { mailsTo, setUpMail, tokenOf } from "@/lib/testing/mails";
import { loadPreset } from "@/lib/testing/presets";

const before = "eve@northwind.example";
const after = "eve@elsewhere.example";
let hash = "";

beforeAll(async () => {
  hash = await hashPassword(currentPassword);
});

async function eveAsks(tx: Tx) {
  await loadPreset(tx, "quality_assurance");
  await setUpMail(tx);
  const eve = await makeUser(tx, { username: "eve", firstName: "Eve", lastName: "Engineer", hash });
  const ctx = await as(tx, eve);
  const row = async () => (await tx.select().from(users).where(eq(users.id, eve.id)))[0]!;
  const asked = await changeEmail(ctx, { email: after, currentPassword, version: 1 });
  const [mail] = await mailsTo(tx, after);
  return { eve, ctx, row, asked, token: tokenOf(mail?.values.link), mail };
}

describe("S6, S8: one's own address, where mail works", () => {
  test("stays until the new one confirms, and says which is waited for", () =>
    rolledBack(async (tx) => {
      const { ctx, row, asked, mail } = await eveAsks(tx);
      expect(asked).toEqual({ version: 1, pending: after });
      expect(mail?.template).toBe("email_change");
      expect(await row()).toMatchObject({ email: before, version: 1 });
      expect(await findPendingEmail(ctx)).toMatchObject({ address: after });
      expect(await mailsTo(tx, before)).toEqual([]);
    }));

  test("changes by the link; the old one is notified, and the new one signs in", () =>
    rolledBack(async (tx) => {
      const { eve, ctx, row, token } = await eveAsks(tx);
      expect(await confirmEmail(asNobody(tx), { token })).toEqual({ userId: eve.id, email: after });
      expect(await row()).toMatchObject({ email: after, emailKey: after, version: 2 });
      const names = await tx.select().from(signInNames).where(eq(signInNames.userId, eve.id));
      expect(names.map(({ key }) => key).toSorted()).toEqual(["eve", after].toSorted());
      expect(await findPendingEmail(ctx)).toBeNull();
      expect((await mailsTo(tx, before)).map(({ template }) => template)).toEqual(["email_changed_notice"]);
      expect(await lastEvent(tx)).toMatchObject({
        operation: "email.confirm",
        outcome: "succeeded",
        personId: eve.id,
        values: { "change.email": [before, after] },
      });
      await expect(confirmEmail(asNobody(tx), { token })).rejects.toEqual(refused("precondition"));
    }));

  test("cancelled, the link no longer works", () =>
    rolledBack(async (tx) => {
      const { ctx, row, token } = await eveAsks(tx);
      await cancelEmailChange(ctx, {});
      expect(await findPendingEmail(ctx)).toBeNull();
      await expect(confirmEmail(asNobody(tx), { token })).rejects.toEqual(refused("precondition"));
      expect(await lastEvent(tx)).toMatchObject({ operation: "email.confirm", outcome: "refused" });
      expect((await row()).email).toBe(before);
      await expect(cancelEmailChange(ctx, {})).rejects.toEqual(refused("precondition"));
    }));

  test("U7: refuses an address in use, when it is asked for and when it is confirmed", () =>
    rolledBack(async (tx) => {
      const { ctx, row, token } = await eveAsks(tx);
      await makeUser(tx, { username: "lee", email: "lee@northwind.example" });
      await expect(changeEmail(ctx, { email: "LEE@northwind.example", currentPassword, version: 1 })).rejects.toEqual(
        wrongField("email", /already in use/),
      );
      await makeUser(tx, { username: "quick", email: after });
      await expect(confirmEmail(asNobody(tx), { token })).rejects.toMatchObject({
        code: "invalid",
        fields: { email: expect.stringMatching(/already in use/) },
      });
      expect((await row()).email).toBe(before);
    }));

  test("U10: refuses somebody who was disabled meanwhile", () =>
    rolledBack(async (tx) => {
      const { eve, token } = await eveAsks(tx);
      await tx.update(users).set({ status: "disabled" }).where(eq(users.id, eve.id));
      await expect(confirmEmail(asNobody(tx), { token })).rejects.toEqual(refused("precondition", /is disabled/));
    }));
});
