import { eq, sql } from "drizzle-orm";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Tx } from "@/db/client";
import { mails, roleOperations, roles, settings } from "@/db/schema";
import { removeTransport, retryMail, saveTransport, sendTest } from "@/lib/mail/commands";
import { enqueueMail } from "@/lib/mail/enqueue";
import { findOwnTest, fitting, getTransport, listMails, previewMails } from "@/lib/mail/queries";
import { renderMail } from "@/lib/mail/render";
import { saveTransportSchema } from "@/lib/mail/schema";
import { describeMail } from "@/lib/mail/templates/catalogue";
import { currentTransport, mailWorks, transportKey } from "@/lib/mail/transport";
import { company, refused, wrongField } from "@/lib/testing/company";
import { as, lastEvent, makeUser, rolledBack } from "@/lib/testing/database";

const server = saveTransportSchema.parse({
  host: "mail.northwind.example",
  port: 587,
  security: "starttls",
  user: "gatehouse",
  password: "a-password-of-the-server",
  from: "Gatehouse <gatehouse@northwind.example>",
});
const everything = { q: "", status: [], after: undefined, before: undefined };

const stored = async (tx: Tx) => {
  const [row] = await tx.select().from(settings).where(eq(settings.key, transportKey));
  return row;
};

describe("saveTransport", () => {
  test("sets it, encrypted, with an event that names no password", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      expect(await mailWorks(tx)).toBe(false);
      await saveTransport(ctx, server);
      expect(await mailWorks(tx)).toBe(true);
      expect(await currentTransport(tx)).toMatchObject({
        ...server,
        source: "settings",
        from: { name: "Gatehouse", address: "gatehouse@northwind.example" },
      });
      expect(JSON.stringify(await stored(tx))).not.toContain(server.password);
      expect(await stored(tx)).toMatchObject({ updatedBy: ada.id });
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "mail.configure", outcome: "succeeded" });
      expect(event.values["change.password"]).toEqual([null, "set"]);
      expect(JSON.stringify(event.values)).not.toContain(server.password);
      const shown = await getTransport(ctx);
      expect(shown).toMatchObject({ host: server.host, hasPassword: true });
      expect(JSON.stringify(shown)).not.toContain(server.password);
    }));

  test("says who set it within the reader's sight alone (R11)", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const [role] = await tx.insert(roles).values({ name: "Looks", nameKey: "looks", kind: "additional" }).returning();
      await tx.insert(roleOperations).values({ roleId: role!.id, operation: "setting.read", scope: "all" });
      const reader = await makeUser(tx, { roles: ["Looks"] });
      await saveTransport(await as(tx, ada), server);
      expect(await getTransport(await as(tx, ada))).toMatchObject({ updatedBy: "Ada Admin" });
      expect(await getTransport(await as(tx, reader))).toMatchObject({ host: server.host, updatedBy: null });
    }));

  test("an empty password keeps the stored one, until a change affects who reads it", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const ctx = await as(tx, ada);
      await expect(saveTransport(ctx, { ...server, password: "" })).rejects.toEqual(wrongField("password", /Enter/));
      await saveTransport(ctx, server);
      await saveTransport(ctx, { ...server, password: "", from: "Other <other@northwind.example>" });
      expect(await currentTransport(tx)).toMatchObject({ password: server.password, from: { name: "Other" } });
      const elsewhere = [{ host: "evil.example" }, { port: 25 }, { user: "mallory" }, { security: "none" as const }];
      for (const change of elsewhere)
        await expect(saveTransport(ctx, { ...server, password: "", ...change })).rejects.toEqual(
          wrongField("password", /again/),
        );
      await saveTransport(ctx, { ...server, user: "", password: "" });
      expect(await currentTransport(tx)).toMatchObject({ user: "", password: "" });
    }));

  test("refuses actors without permission, and forgets on request", () =>
    rolledBack(async (tx) => {
      const { ada, quinn } = await company(tx);
      await expect(saveTransport(await as(tx, quinn), server)).rejects.toEqual(refused("forbidden"));
      expect(await lastEvent(tx)).toMatchObject({ operation: "mail.configure", outcome: "refused" });
      await saveTransport(await as(tx, ada), server);
      await expect(removeTransport(await as(tx, quinn), {})).rejects.toEqual(refused("forbidden"));
      await removeTransport(await as(tx, ada), {});
      expect(await mailWorks(tx)).toBe(false);
    }));

  test.each([
    [{ host: "mail.example\r\nRCPT" }, "host"],
    [{ host: "smtp://mail.example" }, "host"],
    [{ port: 0 }, "port"],
    [{ from: "Gatehouse <a@b.example>, Eve <eve@b.example>" }, "from"],
    [{ from: "Gatehouse\r\nBcc: eve@b.example <a@b.example>" }, "from"],
    [{ from: "nobody" }, "from"],
  ])("%j is refused", (change, field) => {
    const parsed = saveTransportSchema.safeParse({ ...server, ...change });
    expect(parsed.error?.issues.map(({ path }) => path[0])).toContain(field);
  });
});

describe("the environment wins", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  test.each([
    ["smtp://mail.example.com", { host: "mail.example.com", port: 587, security: "opportunistic", user: "" }],
    ["smtp://eve:p%40ss@mail.example.com:2525", { port: 2525, security: "starttls", user: "eve", password: "p@ss" }],
    ["smtps://eve:pass@mail.example.com", { port: 465, security: "tls", user: "eve" }],
    ["smtp://[::1]:25", { host: "::1", port: 25 }],
  ])("%s", async (url, said) => {
    vi.resetModules();
    vi.stubEnv("SMTP_URL", url);
    const { environmentTransport } = await import("@/lib/mail/transport");
    expect(environmentTransport()).toMatchObject({
      ...said,
      source: "environment",
      from: { name: "Gatehouse", address: "gatehouse@localhost" },
    });
  });

  test("nothing is changed here then", () =>
    rolledBack(async (tx) => {
      const { ada } = await company(tx);
      vi.resetModules();
      vi.stubEnv("SMTP_URL", "smtp://mail.example.com");
      const fresh = await import("@/lib/mail/commands");
      const { as: freshAs } = await import("@/lib/testing/database");
      await expect(fresh.saveTransport(await freshAs(tx, ada), server)).rejects.toMatchObject({
        code: "precondition",
        message: expect.stringMatching(/SMTP_URL/),
      });
    }));
});

describe("sendTest and retryMail", () => {
  test("a test goes to the actor, through the outbox", () =>
    rolledBack(async (tx) => {
      const { ada, quinn } = await company(tx);
      const ctx = await as(tx, ada);
      await expect(sendTest(ctx, {})).rejects.toEqual(refused("precondition"));
      await saveTransport(ctx, server);
      const { id } = await sendTest(ctx, {});
      expect(await lastEvent(tx)).toMatchObject({ operation: "mail.test", targetId: id });
      expect(await findOwnTest(ctx, id)).toMatchObject({ status: "waiting", attempts: 0 });
      expect(await findOwnTest(await as(tx, quinn), id)).toBeNull();
      await expect(sendTest(await as(tx, quinn), {})).rejects.toEqual(refused("forbidden"));
    }));

  test("a failed mail is sent again, a sent one is not", () =>
    rolledBack(async (tx) => {
      const { ada, quinn } = await company(tx);
      const ctx = await as(tx, ada);
      await saveTransport(ctx, server);
      const { id } = await sendTest(ctx, {});
      await tx.execute(sql`delete from graphile_worker._private_jobs where key = ${`mail:${id}`}`);
      await tx.update(mails).set({ status: "failed", attempts: 1, lastError: "550" }).where(eq(mails.id, id));
      await expect(retryMail(await as(tx, quinn), { id })).rejects.toEqual(refused("forbidden"));
      await retryMail(ctx, { id });
      const told = await lastEvent(tx);
      expect(await retryMail(ctx, { id }), "it is on its way").toEqual({ id });
      expect((await lastEvent(tx)).id).toBe(told.id);
      await tx.update(mails).set({ lastError: "451" }).where(eq(mails.id, id));
      await retryMail(ctx, { id });
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "mail.retry", targetId: id, personId: ada.id });
      expect(event.values["fact.mail"]).toBe("Test mail from Gatehouse");
      expect(await tx.execute(sql`select 1 from graphile_worker.jobs where key = ${`mail:${id}`}`)).toHaveLength(1);
      await tx.update(mails).set({ status: "sent", content: null }).where(eq(mails.id, id));
      await expect(retryMail(ctx, { id })).rejects.toEqual(refused("precondition"));
    }));

  test("a mail whose link has expired is not sent again", () =>
    rolledBack(async (tx) => {
      const { ada, eve } = await company(tx);
      const ctx = await as(tx, ada);
      await saveTransport(ctx, server);
      const values = { link: "http://localhost:3000/reset-password/x", expiresAt: new Date(Date.now() - 1) };
      const to = { name: "Eve", address: eve.email };
      const { id } = await enqueueMail(ctx, tx, { template: "password_reset", userId: eve.id, to, values });
      await tx.update(mails).set({ lastError: "451" }).where(eq(mails.id, id));
      await expect(retryMail(ctx, { id })).rejects.toMatchObject({ message: expect.stringMatching(/expired/) });
    }));
});

describe("the mail log", () => {
  test("is paged by key, filtered by status, and says nothing of what was said", () =>
    rolledBack(async (tx) => {
      const { ada, quinn } = await company(tx);
      const ctx = await as(tx, ada);
      await tx.insert(mails).values(
        Array.from({ length: 60 }, (_, index) => ({
          template: "test",
          toName: "Eve",
          toAddress: "eve@northwind.example",
          subject: `Mail ${index}`,
          status: index % 2 ? ("sent" as const) : ("failed" as const),
          content: "sealed-content",
          createdAt: new Date(Date.UTC(2026, 0, 1, 0, index)),
        })),
      );
      const first = await listMails(ctx, everything);
      expect(first.rows.map(({ subject }) => subject).slice(0, 2)).toEqual(["Mail 59", "Mail 58"]);
      expect(first).toMatchObject({ from: 1, total: { value: 60, kind: "exact" }, previous: null });
      expect(JSON.stringify(first)).not.toContain("sealed-content");
      const second = await listMails(ctx, { ...everything, after: first.next ?? "" });
      expect(second.rows).toHaveLength(10);
      const back = await listMails(ctx, { ...everything, before: second.previous ?? "" });
      expect(back.rows.map(({ id }) => id)).toEqual(first.rows.map(({ id }) => id));
      const failed = await listMails(ctx, { ...everything, status: ["failed"] });
      expect(failed.rows).toHaveLength(30);
      expect(failed.rows.every(({ kept }) => kept === null)).toBe(true);
      expect(fitting({ ...everything, status: ["sent"], after: first.next ?? "" }).fits).toBe(false);
      await expect(listMails(await as(tx, quinn), everything)).rejects.toEqual(refused("forbidden"));
      await expect(getTransport(await as(tx, quinn))).rejects.toEqual(refused("forbidden"));
    }));
});

describe("templates", () => {
  test.each(previewMails("Europe/Berlin").map((preview) => [preview.key, preview] as const))(
    "%s: text and HTML say the same, links lead home",
    (_, { subject, text, html }) => {
      expect(subject).toMatch(/^[^\r\n]{5,80}$/);
      const links = [...`${text} ${html}`.matchAll(/https?:\/\/[^\s"<]+/g)].map(([link]) => new URL(link).origin);
      expect(links.every((origin) => origin === "http://localhost:3000")).toBe(true);
      expect(html).not.toMatch(/<(img|script|style|link|iframe)\b/);
      for (const paragraph of text.split("\n\n").slice(0, 1)) expect(html).toContain(paragraph);
      expect(`${subject} ${text}`).not.toMatch(/\b(please|oops|successfully)\b|!/i);
    },
  );

  test("names are text, never markup", () => {
    const invitedBy = `<img src=x onerror="alert(1)">`;
    const values = { link: "http://localhost:3000/invite/x", expiresAt: new Date(), invitedBy };
    expect(renderMail(describeMail("invitation", values, "UTC")).html).not.toContain("<img");
  });
});
