import { describe, expect, it } from "vitest";
import type { Db, Tx } from "@/db/client";
import { clientDays, clients, events, eventValues, roleOperations, sessions } from "@/db/schema";
import { plain } from "@/lib/audit/fields";
import { eventRows } from "@/lib/audit/record";
import type { Ctx, Person } from "@/lib/context";
import { needsAttention } from "@/lib/home/attention";
import { clientSeries, type Series, signInDays, usualFailures } from "@/lib/home/charts";
import { failedSignIns, homeNumbers } from "@/lib/home/queries";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { setUpMail } from "@/lib/testing/mails";
import { loadPreset } from "@/lib/testing/presets";
import { lastDays } from "@/lib/time/calendar";

const now = new Date("2026-11-19T09:24:00Z");
const day = 24 * 60 * 60 * 1000;
const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds);
const exact = (value: number) => ({ value, kind: "exact" });

type Machine = Partial<typeof clients.$inferInsert>;

async function makeClient(tx: Tx, userId: string, name: string, more: Machine = {}) {
  const [client] = await tx
    .insert(clients)
    .values({
      userId,
      name,
      nameKey: name,
      status: "registered",
      awaiting: false,
      tokenPrefix: "gh_cli_a",
      tokenLastFour: "abcd",
      tokenExpiresAt: ago(-5 * day),
      registeredAt: ago(10 * day),
      lastHeartbeatAt: ago(30_000),
      createdAt: ago(11 * day),
      ...more,
    })
    .returning();
  if (!client) throw new Error("The client was not stored");
  return client;
}

/** Two branches under two leads; an auditor; an administrator. Everything that could need attention is in both branches. */
async function company(tx: Tx) {
  await loadPreset(tx, "quality_assurance");
  const old = { createdAt: ago(200 * day), lastSignInAt: ago(day), hash: "hash" };
  const ada = await makeUser(tx, {
    ...old,
    firstName: "Ada",
    lastName: "Admin",
    primaryRole: "Quality Manager",
    roles: ["Admin"],
  });
  const audrey = await makeUser(tx, { ...old, firstName: "Audrey", roles: ["Auditor"] });
  const branch = async (mark: string) => {
    const lead = await makeUser(tx, {
      ...old,
      firstName: mark,
      lastName: "Lead",
      primaryRole: "Quality Lead",
      managerId: ada.id,
    });
    const person = (more: Parameters<typeof makeUser>[1]) =>
      makeUser(tx, { ...old, firstName: mark, managerId: lead.id, ...more });
    const eve = await person({ lastName: "Active" });
    const locked = await person({ lastName: "Locked", lockedAt: ago(3_600_000), lockedUntil: null });
    const invited = await person({ lastName: "Invited", status: "invited", lastSignInAt: null });
    await makeClient(tx, eve.id, `${mark}-online`);
    await makeClient(tx, eve.id, `${mark}-stale`, { lastHeartbeatAt: ago(15 * day) });
    await makeClient(tx, eve.id, `${mark}-new`, {
      status: "provisioned",
      awaiting: true,
      registeredAt: null,
      lastHeartbeatAt: null,
    });
    await makeClient(tx, eve.id, `${mark}-stolen`, { tokenReusedAt: ago(60_000), lastHeartbeatAt: ago(day) });
    await tx.insert(sessions).values([
      { userId: eve.id, address: "a", agent: "b", startedAt: ago(day), lastSeenAt: ago(60_000), endsAt: ago(-day) },
      { userId: eve.id, address: "a", agent: "b", startedAt: ago(day), lastSeenAt: ago(60_000), endsAt: ago(-day) },
      { userId: eve.id, address: "a", agent: "b", startedAt: ago(2 * day), lastSeenAt: ago(day), endsAt: ago(-day) },
    ]);
    return { lead, eve, locked, invited };
  };
  return { ada, audrey, mine: await branch("Mine"), other: await branch("Canary") };
}

async function signedIn(tx: Db | Tx, at: Date, personId: string | null, failures = 0) {
  const { event, kept } = eventRows(
    { actor: { kind: "nobody" }, source: { address: "10.0.0.1", agent: null, requestId: null }, now: () => at },
    {
      operation: failures > 0 ? "session.refuse" : "session.start",
      outcome: failures > 0 ? "refused" : "succeeded",
      target: { kind: "session", id: null, personId },
      before: null,
      after: null,
      facts: failures > 1 ? { reason: "unknown name", count: failures } : { reason: "wrong password" },
    },
  );
  await tx.insert(events).values(event);
  if (kept) await tx.insert(eventValues).values(kept);
}

describe("numbers", () => {
  it("count everybody for an administrator, and for a lead the people below and nobody else (R11)", async () => {
    await rolledBack(async (tx) => {
      const { ada, mine } = await company(tx);
      expect(await homeNumbers(await as(tx, ada, () => now))).toEqual({
        users: { all: exact(10), active: exact(6), invited: exact(2) },
        signedIn: { people: exact(2), sessions: exact(4) },
        clients: { online: exact(2), registered: exact(6) },
      });
      const numbers = await homeNumbers(await as(tx, mine.lead, () => now));
      expect(numbers.users).toEqual({ all: exact(3), active: exact(1), invited: exact(1) });
      expect(numbers.clients).toEqual({ online: exact(1), registered: exact(3) });
      expect(await failedSignIns(await as(tx, mine.lead, () => now))).toBeNull();
    });
  });

  it("leave out what the person has no operation for", async () => {
    await rolledBack(async (tx) => {
      const { mine } = await company(tx);
      const eve = await as(tx, mine.eve, () => now);
      expect(await homeNumbers(eve)).toEqual({ users: null, signedIn: null, clients: null });
      expect(await needsAttention(eve)).toBeNull();
      expect(await signInDays(eve, "UTC")).toBeNull();
      expect(await clientSeries(eve)).toBeNull();
    });
  });
});

describe("needs attention", () => {
  it("is sorted by danger, each with its one action", async () => {
    await rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const items = (await needsAttention(await as(tx, ada, () => now))) ?? [];
      expect(items.map(({ tone, title, action }) => [tone, plain(title), action.label])).toEqual([
        ["danger", "A provision token was used twice", "Review"],
        ["danger", "A provision token was used twice", "Review"],
        [
          "danger",
          expect.stringMatching(/^\w+ Locked is locked until an administrator unlocks the account$/),
          "Unlock",
        ],
        ["danger", expect.stringMatching(/ Locked is locked until/), "Unlock"],
        ["warning", "Ada Admin is an administrator without a second factor", "View user"],
        ["warning", "Ada Admin is the only administrator", "View user"],
        ["warning", "Mail is not set up", "Set up mail"],
        ["warning", "2 clients are stale", "View clients"],
        ["accent", "2 clients have a token that has not been used yet", "View clients"],
        ["accent", "2 people were invited and have never signed in", "View users"],
      ]);
      for (const { action } of items.filter(({ action }) => action.label !== "Unlock"))
        expect("href" in action && action.href).toMatch(
          /^\/admin\/(users(\/[0-9a-f-]{36}(\/clients)?|\?status=\w+)|clients\?[\w+=&]+|settings\/mail)$/,
        );
    });
  });

  it("says that mail is not set up, to people who may open its settings and until it is", async () => {
    await rolledBack(async (tx) => {
      const { ada, mine } = await company(tx);
      const mail = async (ctx: Ctx<Person>) => (await needsAttention(ctx))?.find(({ key }) => key === "mail");
      expect(await mail(await as(tx, ada))).toMatchObject({ action: { label: "Set up mail" } });
      expect(await mail(await as(tx, mine.lead))).toBeUndefined();
      await setUpMail(tx);
      expect(await mail(await as(tx, ada))).toBeUndefined();
    });
  });

  it("shows a lead the people below, and nothing about another branch (R11)", async () => {
    await rolledBack(async (tx) => {
      const { mine } = await company(tx);
      const items = (await needsAttention(await as(tx, mine.lead, () => now))) ?? [];
      expect(items.map(({ title }) => plain(title))).toEqual([
        "A provision token was used twice",
        "Mine Locked is locked until an administrator unlocks the account",
        "One client is stale",
        "One client has a token that has not been used yet",
        "Mine Invited was invited and has never signed in",
      ]);
      expect(JSON.stringify(items)).not.toContain("Canary");
      expect(items.find(({ glyph }) => glyph === "lock")?.action.label).toBe("View user");
    });
  });

  it("names administrators whose password somebody else chose, who have long not signed in, or have no second factor", async () => {
    await rolledBack(async (tx) => {
      const { ada } = await company(tx);
      const administrator = { primaryRole: "Quality Manager", roles: ["Admin"], createdAt: ago(200 * day) };
      await makeUser(tx, { ...administrator, firstName: "Given", mustChangePassword: true, lastSignInAt: ago(day) });
      await makeUser(tx, { ...administrator, firstName: "Sleepy", lastSignInAt: ago(100 * day) });
      const items = (await needsAttention(await as(tx, ada, () => now))) ?? [];
      expect(items.filter(({ glyph }) => glyph === "shield").map(({ title }) => plain(title))).toEqual([
        "Ada Admin is an administrator without a second factor",
        "Given Person, an administrator, has a password that somebody else chose",
        "Sleepy Person is an administrator and has not signed in for 90 days",
      ]);
    });
  });

  it("says how many beyond the first three are locked", async () => {
    await rolledBack(async (tx) => {
      const { ada, mine } = await company(tx);
      for (let index = 0; index < 3; index += 1)
        await makeUser(tx, { managerId: mine.lead.id, lockedAt: ago(2 * day), lockedUntil: ago(-day) });
      const items = (await needsAttention(await as(tx, ada, () => now))) ?? [];
      const locked = items.filter(({ glyph }) => glyph === "lock");
      expect(locked).toHaveLength(4);
      expect(plain(locked[3]?.title ?? [])).toBe("2 more people are locked");
      expect(locked[3]?.action).toEqual({ label: "View users", href: "/admin/users?status=locked" });
    });
  });
});

describe("charts", () => {
  it("counts sign-ins by the days of the reader's zone, failures by their number, within the scope", async () => {
    await rolledBack(async (tx) => {
      const { audrey, mine, other } = await company(tx);
      const lead = await roleNamed(tx, "Quality Lead");
      await tx.insert(roleOperations).values({ roleId: lead.id, operation: "audit.read", scope: "reports" });
      const lateYesterday = new Date("2026-11-18T23:30:00Z");
      await signedIn(tx, lateYesterday, mine.eve.id);
      await signedIn(tx, ago(60_000), other.eve.id);
      await signedIn(tx, ago(60_000), mine.eve.id, 1);
      await signedIn(tx, ago(60_000), null, 12);
      await signedIn(tx, ago(31 * day), mine.eve.id);
      const auditor = await as(tx, audrey, () => now);
      const last = async (zone: string, reader = auditor) =>
        (await signInDays(reader, zone))?.slice(-2).map(({ values }) => values);
      expect(await last("UTC")).toEqual([
        [1, 0],
        [1, 13],
      ]);
      expect(await last("Europe/Berlin")).toEqual([
        [0, 0],
        [2, 13],
      ]);
      expect(await signInDays(auditor, "UTC")).toHaveLength(30);
      expect(await last("UTC", await as(tx, mine.lead, () => now))).toEqual([
        [1, 0],
        [0, 1],
      ]);
      expect(await failedSignIns(auditor)).toBe(13);
    });
  });

  it("draws clients heard of and registered, within the scope", async () => {
    await rolledBack(async (tx) => {
      const { ada, mine, other } = await company(tx);
      const gone = await makeClient(tx, mine.eve.id, "gone", {
        status: "deregistered",
        registeredAt: ago(20 * day),
        deregisteredAt: ago(5 * day),
      });
      await makeClient(tx, other.eve.id, "older", { registeredAt: ago(100 * day) });
      const [yesterday = "", today = ""] = lastDays(now, "UTC", 2);
      await tx.insert(clientDays).values([
        { day: yesterday, clientId: gone.id },
        { day: today, clientId: gone.id },
      ]);
      const { series = [], about } = (await clientSeries(await as(tx, ada, () => now))) ?? {};
      expect(about).toBe(false);
      expect(series.at(-1)).toEqual({ day: today, values: [1, 7] });
      expect(series.map(({ values }) => values[1])).toEqual([
        ...Array(10 - 1).fill(1),
        ...Array(10).fill(2),
        ...Array(5).fill(8),
        ...Array(6).fill(7),
      ]);
      const lead = await clientSeries(await as(tx, other.lead, () => now));
      expect(lead?.series.at(-1)).toEqual({ day: today, values: [0, 4] });
    });
  });

  it("knows what is usual only after a week", () => {
    const series = (failures: number[]): Series =>
      failures.map((count, index) => ({ day: `d${index}`, values: [count === 0 ? 0 : 1, count] }));
    expect(usualFailures(series([0, 0, 0, 3, 4, 5, 9]))).toBeNull();
    expect(usualFailures(series([5, 6, 7, 8, 9, 10, 11, 12, 47, 5, 900]))).toEqual({ low: 5, high: 12 });
  });
});
