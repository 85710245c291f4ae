import { eq, inArray } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "@/db/client";
import { clientDays, clients, events, users } from "@/db/schema";
import { type Beat, noteBeat } from "@/lib/clients/beats";
import { deregisterClient, disconnectClient, generateClient } from "@/lib/clients/commands";
import { connectionAt } from "@/lib/clients/connection";
import { registerClient } from "@/lib/clients/register";
import { asNobody, asOperator, makeUser } from "@/lib/testing/database";
import { twoProcesses } from "@/lib/testing/fresh-database";
import { loadPreset } from "@/lib/testing/presets";

const [here, there] = twoProcesses("beats");
const publicKey = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" } as const;
const source = { address: "10.20.4.31", agent: null, requestId: null };
let named = 0;

beforeAll(() => here.transaction((tx) => loadPreset(tx, "quality_assurance")));

async function registered() {
  const { id: userId } = await makeUser(here);
  named += 1;
  const { clientId, token } = await generateClient(asOperator(here), { userId, name: `rig-${named}` });
  await registerClient(asNobody(here, source), { token, publicKey, version: "1", platform: "Debian" });
  return { id: clientId, userId };
}

type More = { db?: Db; at?: Date; epoch?: number; version?: string; instance?: string };

const beat = (client: Beat["client"], { db = here, at = new Date(), epoch = 0, version = "2", instance }: More = {}) =>
  noteBeat({
    client,
    epoch,
    version,
    platform: "Debian 12",
    instance,
    ctx: { ...asNobody(db, source), now: () => at },
  });

const stored = async ({ id }: { id: string }) => (await here.select().from(clients).where(eq(clients.id, id)))[0]!;
const copies = async ({ id }: { id: string }) =>
  (await here.select().from(events).where(eq(events.targetId, id))).filter(
    ({ operation }) => operation === "client.notice_copy",
  );
const minute = 60_000;

describe("heartbeats are written together", () => {
  test("all of a second, by one statement, without a revision or an event of their own", async () => {
    const rigs = await Promise.all(Array.from({ length: 25 }, registered));
    const before = await Promise.all(rigs.map(stored));
    const counted = await here.$count(events);
    const at = new Date(Date.now() + 3 * 24 * 60 * minute);
    const written = rigs.map((rig, which) => beat(rig, { at, version: `2.${which}` }));
    expect(new Set(written).size).toBe(1);
    await written[0];
    for (const [which, rig] of rigs.entries()) {
      const row = await stored(rig);
      expect(row).toMatchObject({ lastHeartbeatAt: at, version: `2.${which}`, lastAddress: "10.20.4.31" });
      expect(row.revision).toBe(before[which]!.revision);
      const days = await here.select().from(clientDays).where(eq(clientDays.clientId, rig.id));
      expect(days.map(({ day }) => day)).toContain(at.toISOString().slice(0, 10));
    }
    expect(await here.$count(events)).toBe(counted);
  });

  test("an older one does not take a later one back", async () => {
    const rig = await registered();
    const at = new Date(Date.now() + minute);
    await beat(rig, { at });
    await beat(rig, { at: new Date(at.getTime() - minute), db: there });
    expect((await stored(rig)).lastHeartbeatAt).toEqual(at);
  });

  test("one whose tokens were ended before it was written leaves no trace", async () => {
    const [gone, cut] = [await registered(), await registered()];
    const at = new Date(Date.now() + 5 * minute);
    const written = [beat(gone, { at }), beat(cut, { at })];
    await deregisterClient(asOperator(here), { id: gone.id });
    await disconnectClient(asOperator(here), { id: cut.id });
    await Promise.all(written);
    for (const rig of [gone, cut]) expect((await stored(rig)).lastHeartbeatAt).not.toEqual(at);
    expect(connectionAt(await stored(cut), new Date())).toBe("offline");
    await beat(cut, { at, epoch: 1 });
    expect(connectionAt(await stored(cut), at)).toBe("online");
  });

  test("a client that a change has locked is not waited for, and written with the next ones", async () => {
    const [locked, free] = [await registered(), await registered()];
    const at = new Date(Date.now() + minute);
    await there.transaction(async (tx) => {
      await tx.select().from(clients).where(eq(clients.id, locked.id)).for("update");
      void beat(locked, { at });
      void beat(free, { at });
      await expect.poll(async () => (await stored(free)).lastHeartbeatAt, { timeout: 5_000 }).toEqual(at);
    });
    await expect.poll(async () => (await stored(locked)).lastHeartbeatAt, { timeout: 5_000 }).toEqual(at);
  });

  test("however many were locked, all are written with the next ones", async () => {
    const [free, ...rigs] = await Promise.all(Array.from({ length: 9 }, registered));
    const at = new Date(Date.now() + minute);
    let written: Promise<void>[] = [];
    await there.transaction(async (tx) => {
      const ids = rigs.map(({ id }) => id);
      await tx.select().from(clients).where(inArray(clients.id, ids)).for("update");
      written = rigs.map((rig) => beat(rig, { at }));
      void beat(free!, { at });
      await expect.poll(async () => (await stored(free!)).lastHeartbeatAt, { timeout: 5_000 }).toEqual(at);
    });
    const from = performance.now();
    await Promise.all(written);
    expect(performance.now() - from).toBeLessThan(5_000);
    for (const rig of rigs) expect((await stored(rig)).lastHeartbeatAt).toEqual(at);
  });
});

describe("a copied folder is noticed (C11)", () => {
  test("a restart is none, also in another process; two runs side by side are, logged once", async () => {
    const rig = await registered();
    const runs = ["a", "b", "c"].map((letter) => letter.repeat(16));
    for (const [which, instance] of runs.entries()) {
      await beat(rig, { instance, db: which % 2 ? there : here });
      await beat(rig, { instance });
    }
    expect(await stored(rig)).toMatchObject({ copiedAt: null, instance: runs[2], previousInstance: runs[1] });
    expect(await copies(rig)).toEqual([]);
    for (const instance of [runs[1], runs[2], runs[1]]) await beat(rig, { instance, db: there });
    expect((await stored(rig)).copiedAt).toEqual(expect.any(Date));
    const [told, ...more] = await copies(rig);
    expect(told).toMatchObject({ actorKind: "client", actorId: rig.id, personId: rig.userId, outcome: "succeeded" });
    expect(more).toEqual([]);
  });

  test("one that cannot be reported, since its client is deleted, does not keep another from being reported", async () => {
    const [gone, kept] = [await registered(), await registered()];
    const runs = ["d", "e"].map((letter) => letter.repeat(16));
    for (const instance of runs) await Promise.all([beat(gone, { instance }), beat(kept, { instance })]);
    let written: Promise<void>[] = [];
    await there.transaction(async (tx) => {
      await tx.select().from(users).where(eq(users.id, gone.userId)).for("update");
      written = [gone, kept].map((rig) => beat(rig, { instance: runs[0]! }));
      await expect.poll(async () => (await stored(gone)).instance, { timeout: 5_000 }).toBe(runs[0]);
      await tx.delete(clients).where(eq(clients.id, gone.id));
    });
    await Promise.all(written);
    expect(await copies(kept)).toHaveLength(1);
  });
});
