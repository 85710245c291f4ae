import { describe, expect, it } from "vitest";
import type { Tx } from "@/db/client";
import { roleOperations } from "@/db/schema";
import { recordEvent } from "@/lib/audit/record";
import { type AuditFilters, noAuditFilters } from "@/lib/audit-log/filters";
import { countEvents, listEvents, listOwnEvents } from "@/lib/audit-log/queries";
import { type Ctx, createContext, type Person } from "@/lib/context";
import { as, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";

const zone = "UTC";
const day = 86_400_000;

type Happened = { person: { id: string }; facts?: Record<string, string>; named?: string[]; ago?: number };

/** Something that somebody did to a person, so many days ago. */
async function happened(tx: Tx, by: Ctx, { person, facts = {}, named = [], ago = 0 }: Happened): Promise<string> {
  const at = new Date(Date.now() - ago * day);
  const ctx = createContext(tx, by.actor, { source: by.source, now: () => at });
  return recordEvent(ctx, tx, {
    operation: "user.disable",
    outcome: named.length > 0 ? "refused" : "succeeded",
    target: { kind: "user", id: person.id, personId: person.id },
    before: null,
    after: null,
    facts,
    named,
  });
}

const asked = (change: Partial<AuditFilters>) => ({ filters: { ...noAuditFilters, ...change }, zone });
const found = async (ctx: Ctx, q: string, change: Partial<AuditFilters> = {}) =>
  (await listEvents(ctx, asked({ q, ...change }))).rows.map(({ id }) => id);

async function scene(tx: Tx) {
  await loadPreset(tx, "quality_assurance");
  const quality = await roleNamed(tx, "Quality Lead");
  await tx.insert(roleOperations).values({ roleId: quality.id, operation: "audit.read", scope: "reports" });
  const audrey = await makeUser(tx, { firstName: "Audrey", lastName: "Auditor", roles: ["Auditor"] });
  const lee = await makeUser(tx, { firstName: "Lee", lastName: "Lead", primaryRole: "Quality Lead" });
  const eve = await makeUser(tx, { firstName: "Eve", lastName: "Engineer", managerId: lee.id });
  const zoe = await makeUser(tx, { firstName: "Zoé", lastName: "Zander" });
  return { audrey, lee, eve, zoe, reader: await as(tx, audrey), lead: await as(tx, lee) };
}

describe("the log is searched by text (L3)", () => {
  it("finds who acted, whom it is about, and each word of its text, in any case", () =>
    rolledBack(async (tx) => {
      const { reader, lead, eve, zoe, audrey } = await scene(tx);
      const holiday = await happened(tx, lead, { person: eve, facts: { reason: "A long Holiday, 50%_off" } });
      const other = await happened(tx, reader, { person: zoe, facts: { reason: "Left" } });
      expect(await found(reader, "eve eng")).toEqual([holiday]);
      expect(await found(reader, "lee lead")).toEqual([holiday]);
      expect(await found(reader, "zander")).toEqual([other]);
      expect(await found(reader, audrey.username)).toEqual([other]);
      expect(await found(reader, "HOLIDAY long")).toEqual([holiday]);
      expect(await found(reader, "holiday short")).toEqual([]);
      expect(await found(reader, "50%_")).toEqual([holiday]);
      expect(await found(reader, "5__%")).toEqual([]);
      expect(await found(reader, "  ")).toEqual([]);
      expect(await countEvents(reader, asked({ q: "holiday" }))).toEqual({ value: 1, kind: "exact" });
      expect(await found(reader, "eve", { actor: [audrey.id] })).toEqual([]);
      expect(await found(reader, "eve", { operation: ["user.enable"] })).toEqual([]);
      expect(await found(reader, "eve", { operation: ["user.disable"] })).toEqual([holiday]);
    }));

  it("looks at the newest 30 days where no period is chosen, and says so", () =>
    rolledBack(async (tx) => {
      const { reader, eve } = await scene(tx);
      const old = await happened(tx, reader, { person: eve, facts: { reason: "spring cleaning" }, ago: 40 });
      const late = await happened(tx, reader, { person: eve, facts: { reason: "cleaning" }, ago: 2 });
      expect(await listEvents(reader, asked({ q: "cleaning" }))).toMatchObject({ rows: [{ id: late }], recent: true });
      const from = new Date(Date.now() - 50 * day).toISOString().slice(0, 10);
      const wide = await listEvents(reader, asked({ q: "cleaning", from }));
      expect(wide).toMatchObject({ rows: [{ id: late }, { id: old }], recent: false });
      const to = new Date(Date.now() - 30 * day).toISOString().slice(0, 10);
      expect(await found(reader, "cleaning", { to })).toEqual([old]);
      expect(await found(reader, "cleaning", { last: "24h" })).toEqual([]);
      expect(await listEvents(reader, asked({}))).toMatchObject({ recent: false });
    }));

  it("pages through what is found, each event once", () =>
    rolledBack(async (tx) => {
      const { reader, eve, zoe } = await scene(tx);
      for (let n = 0; n < 60; n += 1)
        await happened(tx, reader, { person: n % 2 ? eve : zoe, facts: { reason: "Eve, or not" } });
      const first = await listEvents(reader, asked({ q: "eve" }));
      expect(first.total).toEqual({ value: 60, kind: "exact" });
      const second = await listEvents(reader, asked({ q: "eve", after: first.next ?? "" }));
      expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(60);
      expect(second.rows).toHaveLength(10);
    }));

  it("finds nothing by what its reader is not shown (R11)", () =>
    rolledBack(async (tx) => {
      const { reader, lead, eve, zoe } = await scene(tx);
      const shown = await happened(tx, reader, { person: eve, facts: { device: "Abacus", owner: `user:${zoe.id}` } });
      await happened(tx, reader, { person: eve, facts: { reason: "Zoé Zander owns it" }, named: [zoe.id] });
      expect(await found(lead, "abacus")).toEqual([shown]);
      expect(await found(lead, "zander")).toEqual([]);
      expect(await found(lead, zoe.email)).toEqual([]);
      expect(await found(lead, zoe.id)).toEqual([]);
      expect(await found(lead, "audrey auditor"), "the log says who acted").toHaveLength(2);
      expect(await found(lead, "owns")).toEqual([]);
      expect(await found(reader, "owns")).toHaveLength(1);
      const own = (await as(tx, eve)) as Ctx<Person>;
      const mine = async (q: string) => (await listOwnEvents(own, asked({ q }))).rows.map(({ id }) => id);
      expect(await mine("abacus")).toEqual([shown]);
      expect(await mine("zander")).toEqual([]);
    }));
});
