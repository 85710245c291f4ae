import { eq, isNull, sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import type { Db, Tx } from "@/db/client";
import { sessions, usedLogoutTokens } from "@/db/schema";
import { randomFrom } from "@/db/seed/random";
import { createContext } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { proofOfProvider } from "@/lib/identity-providers/actor";
import { endByProvider, openOf } from "@/lib/sign-in/providers/logout";
import { ProviderRefusal } from "@/lib/sign-in/providers/refusals";
import { signInThrough } from "@/lib/sign-in/providers/sign-in";
import { takeTurn } from "@/lib/sign-in/providers/signed-out";
import { startSession } from "@/lib/sign-in/start-session";
import { asNobody, lastEvent, rolledBack } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { hostileCompany, ninaClaims as nina, personOf } from "@/lib/testing/hostile-company";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { rounds, seedOfRun, tell } from "@/lib/testing/thorough";

const peer = hostilePeer();

const seed = seedOfRun();
const random = randomFrom(seed);

const clock = Date.now();
const at = (seconds: number) => new Date(clock + seconds * 1_000);

/** Nina, who is known at the provider; `told` is a logout token, `comeBack` her browser with an ID token of a moment. */
async function stage(tx: Db | Tx) {
  const on = await hostileCompany(tx, peer);
  expect(await on.signIn(nina)).toBeNull();
  const provider = await on.row();
  const told = (jti: string, more: { sid?: string; subject?: string; issuedAt?: Date }, by = tx) =>
    endByProvider(createContext(by, proofOfProvider(provider.id), { source: asNobody(by).source }), {
      provider,
      token: { jti, issuedAt: at(0), endsAt: at(120), sid: null, subject: null, ...more },
    });
  const comeBack = (sid: string | null, issuedAt: Date) =>
    signInThrough(asNobody(tx), provider, {
      proof: { issuer: provider.issuer, subject: nina.sub, sid, issuedAt, idToken: null, claims: nina },
      device: null,
    });
  return { ...on, provider, told, comeBack };
}

describe("a sign-in that was under way when the provider reported a sign-out (I7)", () => {
  const late = new ProviderRefusal("signed_out");
  const [sid, subject] = ["sid-9", nina.sub];

  test.each([
    ["begins no session: its name", { sid }, sid, 5, false],
    ["begins no session: its name and the person", { sid, subject }, sid, 5, false],
    ["begins no session: the person, up to that moment", { subject }, sid, 0, false],
    ["begins no session: the person, where the session has no name", { sid, subject }, null, -1, false],
    ["signs in: another name", { sid: "sid-8", subject }, sid, -1, true],
    ["signs in: somebody else", { subject: "another" }, sid, -1, true],
    ["signs in: the person, proved again since", { subject }, sid, 1, true],
  ])("%s", (_, named, theirs, seconds, comesIn) =>
    rolledBack(async (tx) => {
      const { told, comeBack } = await stage(tx);
      await told("token", named);
      const open = () => tx.$count(sessions, isNull(sessions.endedAt));
      const before = await open();
      if (comesIn) {
        await expect(comeBack(theirs, at(seconds))).resolves.toMatchObject({ stage: "open" });
        return;
      }
      await expect(comeBack(theirs, at(seconds))).rejects.toEqual(late);
      expect(await open()).toBe(before);
      expect(await lastEvent(tx)).toMatchObject({
        operation: "session.start",
        outcome: "refused",
        values: { "fact.reason": "The provider signed them out before the session began." },
      });
      await tx.delete(usedLogoutTokens);
      await expect(comeBack(theirs, at(seconds)), "once it is forgotten").resolves.toBeTruthy();
    }),
  );
});

test("a logout without a subject finds its session by an index, among many", () =>
  rolledBack(async (tx) => {
    const { provider } = await stage(tx);
    const { identity } = (await personOf(tx, nina.sub))!;
    await tx.execute(sql`insert into sessions (id, user_id, identity_id, provider_sid, address, agent, ends_at)
      select gen_random_uuid(), ${identity.userId}, ${identity.id}, 'sid-' || n, '::1', 'test', now() + interval '1 day'
        from generate_series(1, 20000) n`);
    await tx.execute(sql`analyze sessions`);
    const token = { jti: "one", issuedAt: at(0), endsAt: at(0), subject: null, sid: "sid-77" };
    const found = tx.select().from(sessions).where(openOf(tx, { provider, token }));
    expect(await found).toHaveLength(1);
    const plan = await tx.execute<{ "QUERY PLAN": string }>(sql`explain ${found.getSQL()}`);
    const lines = plan.map((line) => line["QUERY PLAN"]).join("\n");
    expect(lines).toContain("sessions_by_provider_sid");
    expect(lines).not.toContain("Seq Scan on sessions");
  }));

const [one, other] = twoProcesses("signed_out_waits");

test("a sign-in that waits for its turn sees what was reported before", async () => {
  const { provider } = await stage(one);
  const { identity } = (await personOf(one, nina.sub))!;
  const proof = { id: identity.id, subject: nina.sub, sid: "waits", issuedAt: at(0), idToken: null, provider };
  const starting = await other.transaction(async (tx) => {
    await takeTurn(tx, provider.id, "sign-out");
    const opening = { identity: { ...proof, claims: identity.claims } };
    const started = Promise.allSettled([startSession(asNobody(one), identity.userId, opening)]);
    await vi.waitFor(async () => {
      const waiting = sql`select count(*)::int as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      expect((await other.execute<{ count: number }>(waiting))[0]?.count).toBe(1);
    });
    const token = { jti: "while it waits", subject: null, sid: "waits", issuedAt: at(0), endsAt: at(120) };
    await tx.insert(usedLogoutTokens).values({ ...token, providerId: provider.id });
    return { started };
  });
  expect(await starting.started).toMatchObject([
    { status: "rejected", reason: { details: { refusal: "signed_out" } } },
  ]);
});

const [here, there] = twoProcesses("signed_out");

/** After a few questions, so that sometimes the one comes first and sometimes the other. */
async function later(db: Db) {
  for (let left = random.between(0, 12); left > 0; left--) await db.execute(sql`select 1`);
}

test("a logout at one process and a sign-in at another leave no session open, whichever comes first", async () => {
  const { provider, told } = await stage(here);
  const { identity } = (await personOf(here, nina.sub))!;
  const often = rounds(60, 1_000);
  const met = { refused: 0, ended: 0 };
  for (let round = 0; round < often; round++) {
    const sid = `sid-of-${round}`;
    const proof = { id: identity.id, subject: nina.sub, sid, issuedAt: at(0), idToken: null, provider };
    const identified = { ...proof, claims: identity.claims };
    const [started] = await Promise.allSettled([
      later(here).then(() => startSession(asNobody(here), identity.userId, { identity: identified })),
      later(there).then(() => told(`token-${round}`, { sid }, there)),
    ]);
    if (started.status === "rejected") {
      expect(started.reason).toBeInstanceOf(AppError);
      met.refused++;
    } else met.ended++;
    const [row] = await here.select().from(sessions).where(eq(sessions.providerSid, sid));
    expect(row === undefined || row.endedReason === "signed_out_by_provider", `round ${round}`).toBe(true);
  }
  tell("a sign-in beside a back-channel logout", { rounds: often, ...met, seed });
}, 600_000);
