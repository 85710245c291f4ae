import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { mails, settings } from "@/db/schema";
import { enqueueMail, type Mail } from "@/lib/mail/enqueue";
import { sendMail } from "@/lib/mail/send";
import { transportKey, transportPurpose } from "@/lib/mail/transport";
import { encrypt } from "@/lib/platform/encryption";
import { asOperator, makeUser, rolledBack } from "@/lib/testing/database";
import { type MailSink, startMailSink } from "@/lib/testing/mail-sink";
import { loadPreset } from "@/lib/testing/presets";

const patience = { connectMs: 2_000, idleMs: 300 };
const link = "http://localhost:3000/reset-password/SECRET-OF-THE-LINK";
const expiresAt = new Date(Date.now() + 3_600_000);

let sink: MailSink;
beforeEach(async () => {
  sink = await startMailSink();
});
afterEach(() => sink.stop());

/** Roles come before settings, as everywhere: two tests side by side wait for each other's rows in one order. */
async function setUp(tx: Tx, port = sink.port, login: Partial<{ user: string; password: string }> = {}) {
  await loadPreset(tx);
  const { user = "", password = "" } = login;
  const value = {
    host: "127.0.0.1",
    port,
    security: "none",
    user,
    password: password && encrypt(transportPurpose, password),
    from: "Gatehouse <gatehouse@example.com>",
  };
  await tx.insert(settings).values({ key: transportKey, value });
}

async function enqueue(tx: Tx, more: Partial<Mail<"password_reset">> = {}) {
  const user = await makeUser(tx);
  const { id } = await enqueueMail(asOperator(tx), tx, {
    template: "password_reset",
    userId: user.id,
    to: { name: "Eve Engineer", address: user.email },
    values: { link, expiresAt },
    ...more,
  });
  return { id, address: user.email };
}

async function stored(tx: Tx, id: string) {
  const [mail] = await tx.select().from(mails).where(eq(mails.id, id));
  if (!mail) throw new Error("The mail is not there");
  return mail;
}

const send = (tx: Tx, id: string, last = false) => sendMail(tx, id, { last, patience });

test("a mail is delivered as text and HTML, and what it said is forgotten", () =>
  rolledBack(async (tx) => {
    await setUp(tx);
    const { id, address } = await enqueue(tx);
    expect((await stored(tx, id)).content).not.toContain("SECRET");
    await send(tx, id);
    await send(tx, id);
    expect(sink.received).toHaveLength(1);
    const [mail] = sink.received;
    expect(mail?.envelope).toEqual({ from: "gatehouse@example.com", to: [address] });
    expect(mail?.from).toMatchObject({ name: "Gatehouse", address: "gatehouse@example.com" });
    expect(mail?.to).toEqual([{ name: "Eve Engineer", address }]);
    expect(mail?.subject).toBe("Choose a new password for Gatehouse");
    expect(mail?.messageId).toBe(`<${id}@localhost>`);
    expect(mail?.text).toContain(link);
    expect(mail?.html).toContain(`href="${link}"`);
    expect(mail?.html).not.toMatch(/<img|<script|<link|url\(/);
    const row = await stored(tx, id);
    expect(row).toMatchObject({ status: "sent", content: null, attempts: 1, lastError: null });
    expect(JSON.stringify(row)).not.toContain("SECRET");
  }));

describe("a server in trouble: nothing is lost, nothing is sent twice", () => {
  test.each([
    [451, /answered: 451 Not now/],
    ["stall", /did not answer in time/],
    ["drop-in-data", /closed the connection|could not be reached/],
  ] as const)("%s, then well again", (answer, words) =>
    rolledBack(async (tx) => {
      await setUp(tx);
      const { id } = await enqueue(tx);
      sink.answer(answer);
      await expect(send(tx, id)).rejects.toThrow(words);
      const waiting = await stored(tx, id);
      expect(waiting).toMatchObject({ status: "waiting", attempts: 1 });
      expect(waiting.lastError).toMatch(words);
      sink.answer("take");
      await send(tx, id);
      expect(sink.received).toHaveLength(1);
      expect(await stored(tx, id)).toMatchObject({ status: "sent", attempts: 2, lastError: null });
    }),
  );

  test("refusing connections", () =>
    rolledBack(async (tx) => {
      const gone = await startMailSink();
      await gone.stop();
      await setUp(tx, gone.port);
      const { id } = await enqueue(tx);
      await expect(send(tx, id)).rejects.toThrow(/could not be reached|closed the connection/);
      expect(await stored(tx, id)).toMatchObject({ status: "waiting", attempts: 1 });
    }));

  test("dropped after the last byte: sent again under the same Message-ID", () =>
    rolledBack(async (tx) => {
      await setUp(tx);
      const { id } = await enqueue(tx);
      sink.answer("drop-after-data");
      await expect(send(tx, id)).rejects.toThrow();
      sink.answer("take");
      await send(tx, id);
      expect(sink.received.map(({ messageId }) => messageId)).toEqual([`<${id}@localhost>`, `<${id}@localhost>`]);
    }));

  test("550 is final after one try; its content stays encrypted, to be sent again", () =>
    rolledBack(async (tx) => {
      await setUp(tx);
      const { id } = await enqueue(tx);
      sink.answer(550);
      await send(tx, id);
      const failed = await stored(tx, id);
      expect(failed).toMatchObject({ status: "failed", attempts: 1 });
      expect(failed.lastError).toMatch(/550/);
      expect(failed.content).not.toBeNull();
      await send(tx, id);
      expect(sink.connections()).toBe(1);
    }));

  test("the last try is the last", () =>
    rolledBack(async (tx) => {
      await setUp(tx);
      const { id } = await enqueue(tx);
      sink.answer(451);
      await send(tx, id, true);
      expect(await stored(tx, id)).toMatchObject({ status: "failed", attempts: 1 });
    }));

  test("a mail that cannot be prepared says so in the log of mails, and fails at its last try", () =>
    rolledBack(async (tx) => {
      await setUp(tx, sink.port, { user: "gatehouse", password: "right-password" });
      const foreign = {
        host: "127.0.0.1",
        port: sink.port,
        security: "none",
        user: "gatehouse",
        password: "v1.foreign",
      };
      await tx.update(settings).set({ value: { ...foreign, from: "gatehouse@example.com" } });
      const { id } = await enqueue(tx);
      await expect(send(tx, id)).rejects.toThrow();
      expect(await stored(tx, id)).toMatchObject({
        status: "waiting",
        lastError: expect.stringMatching(/not be prepared/),
      });
      await send(tx, id, true);
      expect(await stored(tx, id)).toMatchObject({ status: "failed", content: expect.any(String) });
    }));

  test("a wrong password of the server is tried again, and never revealed", () =>
    rolledBack(async (tx) => {
      const closed = await startMailSink({ login: ["gatehouse", "right-password"] });
      await setUp(tx, closed.port, { user: "gatehouse", password: "wrong-password" });
      const { id } = await enqueue(tx);
      await expect(send(tx, id)).rejects.toThrow(/refused the user name or the password/);
      const row = await stored(tx, id);
      expect(row.status).toBe("waiting");
      expect(JSON.stringify(row)).not.toContain("wrong-password");
      await closed.stop();
    }));
});

describe("what is not sent", () => {
  test("a mail whose link has expired", () =>
    rolledBack(async (tx) => {
      await setUp(tx);
      const { id } = await enqueue(tx);
      await sendMail(tx, id, { last: false, now: () => new Date(expiresAt.getTime() + 1) });
      expect(await stored(tx, id)).toMatchObject({ status: "cancelled", content: null });
      expect(sink.received).toHaveLength(0);
    }));

  test("a mail that a newer one replaced", () =>
    rolledBack(async (tx) => {
      await setUp(tx);
      const { id, address } = await enqueue(tx);
      const { userId } = await stored(tx, id);
      const newer = await enqueue(tx, { userId, to: { name: "Eve Engineer", address } });
      await send(tx, id);
      await send(tx, newer.id);
      expect(await stored(tx, id)).toMatchObject({ status: "cancelled", content: null });
      expect(sink.received).toHaveLength(1);
    }));

  test("a mail while nothing is set up: it is written down as cancelled, and no job waits", () =>
    rolledBack(async (tx) => {
      await loadPreset(tx);
      const { id } = await enqueue(tx);
      expect(await stored(tx, id)).toMatchObject({
        status: "cancelled",
        content: null,
        lastError: "Mail is not set up.",
      });
      const jobs = await tx.execute(sql`select 1 from graphile_worker.jobs where key = ${`mail:${id}`}`);
      expect(jobs).toHaveLength(0);
    }));

  test("a link to another site", () =>
    rolledBack(async (tx) => {
      await setUp(tx);
      const values = { link: "https://elsewhere.example/reset-password/x", expiresAt };
      await expect(enqueue(tx, { values })).rejects.toThrow(/configured address/);
    }));
});

describe("headers cannot be injected", () => {
  const evil = [
    "Eve\r\nBcc: mallory@evil.example",
    "Eve\nBcc: mallory@evil.example",
    "Eve%0d%0aBcc: mallory@evil.example",
    "=?utf-8?B?RXZlDQpCY2M6IG1hbGxvcnlAZXZpbC5leGFtcGxl?=",
    "Eve\u2028Bcc: mallory@evil.example",
    "Eve\u2029Bcc: mallory@evil.example",
    "Eve\u0085Bcc: mallory@evil.example",
    "Eve\0Bcc: mallory@evil.example",
    'Eve" <mallory@evil.example>, "x',
    "Eve, mallory@evil.example",
  ];

  test.each(evil)("a name of %j reaches one recipient", (name) =>
    rolledBack(async (tx) => {
      await setUp(tx);
      const user = await makeUser(tx);
      const to = { name, address: user.email };
      const values = { link: "http://localhost:3000/invite/x", expiresAt, invitedBy: name };
      const { id } = await enqueueMail(asOperator(tx), tx, { template: "invitation", userId: user.id, to, values });
      await send(tx, id);
      const [mail] = sink.received;
      expect(mail?.envelope.to).toEqual([user.email]);
      expect(mail?.bcc).toBeUndefined();
      expect(mail?.cc).toBeUndefined();
      expect(mail?.to?.map(({ address }) => address)).toEqual([user.email]);
      const head = mail?.raw.slice(0, mail.raw.indexOf("\r\n\r\n")) ?? "";
      expect(head).not.toMatch(/^(bcc|cc|x-)[^\n]*:/im);
    }),
  );

  test.each([
    "eve@northwind.example\r\nRCPT TO:<mallory@evil.example>",
    "eve@northwind.example, mallory@evil.example",
    "eve@northwind.example;mallory@evil.example",
    "eve@northwind.example%0d%0aBcc:mallory@evil.example",
    "eve@northwind.example\u2028mallory@evil.example",
    "<eve@northwind.example> mallory@evil.example",
    "group: eve@northwind.example, mallory@evil.example;",
    "=?utf-8?Q?eve?=@northwind.example",
    "eve",
    "",
  ])("an address of %j is none", (address) =>
    rolledBack(async (tx) => {
      await setUp(tx);
      await expect(enqueue(tx, { to: { name: "Eve", address } })).rejects.toThrow(/address that is none/);
    }),
  );
});
