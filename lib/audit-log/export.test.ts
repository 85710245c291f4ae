import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { events, eventValues, roleOperations } from "@/db/schema";
import { eventRows, recordEvent, type Witness } from "@/lib/audit/record";
import { csvLines, type ExportFormat, exportEvents } from "@/lib/audit-log/export";
import { type AuditFilters, noAuditFilters } from "@/lib/audit-log/filters";
import type { Ctx } from "@/lib/context";
import { as, asNobody, lastEvent, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";

async function exported(ctx: Ctx, format: ExportFormat, change: Partial<AuditFilters> = {}) {
  const pieces: string[] = [];
  for await (const piece of await exportEvents(ctx, { filters: { ...noAuditFilters, ...change }, zone: "UTC" }, format))
    pieces.push(piece);
  return pieces;
}

async function people(tx: Tx) {
  await loadPreset(tx, "quality_assurance");
  const audrey = await makeUser(tx, { firstName: "Audrey", lastName: "Auditor", roles: ["Auditor"] });
  const eve = await makeUser(tx, { firstName: "=HYPERLINK(1)", lastName: "" });
  return { auditor: await as(tx, audrey), eve };
}

/** Edits of one person at one moment; gives the ids. */
async function edit(ctx: Ctx, tx: Tx, id: string, lastNames: string[]): Promise<string[]> {
  const at = new Date();
  const source = { address: "10.0.0.1", agent: "@agent", requestId: "r" };
  const rows = lastNames.map((lastName) =>
    eventRows({ ...ctx, now: () => at, source } as Witness, {
      operation: "user.update",
      outcome: "succeeded",
      target: { kind: "user", id, personId: id },
      before: { lastName: "a" },
      after: { lastName },
    }),
  );
  await tx.insert(events).values(rows.map(({ event }) => event));
  await tx.insert(eventValues).values(rows.flatMap(({ kept }) => kept ?? []));
  return rows.map(({ event }) => event.id);
}

describe("export", () => {
  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x"])(
    "guards %j against being a formula",
    (cell) => {
      const line = csvLines([["x", cell]]);
      expect(line).toMatch(/^"x","'/);
    },
  );

  it("quotes commas, quotes and line ends, and leaves ordinary text alone", () => {
    expect(csvLines([["a,b", 'say "x"', "two\nlines", "plain", null]])).toBe(
      '"a,b","say ""x""","two\nlines","plain",\r\n',
    );
  });

  it("writes the current filter as CSV and is itself an event", async () => {
    await rolledBack(async (tx) => {
      const { auditor, eve } = await people(tx);
      await edit(auditor, tx, eve.id, ["=cmd|' /C calc'!A0"]);
      const [head, row, more] = (await exported(auditor, "csv", { person: [eve.id] })).join("").split("\r\n");
      expect(head).toMatch(/^"at","actor","operation","outcome","person","what happened","changes",/);
      expect(row).toContain(
        `,"Audrey Auditor","user.update","succeeded","'=HYPERLINK(1)","Audrey Auditor edited =HYPERLINK(1)",`,
      );
      expect(row).toContain(`,"Last Name: a to =cmd|' /C calc'!A0","10.0.0.1","'@agent",`);
      expect(more).toBe("");
      const event = await lastEvent(tx);
      expect(event).toMatchObject({ operation: "audit.export", outcome: "succeeded", actorId: auditor.actor.id });
      expect(event.values).toMatchObject({
        "fact.format": "CSV",
        "fact.events": "1",
        "fact.filter": `person=${eve.id}`,
      });
    });
  });

  it("takes the filters of the list, and names who signed in as the actor", async () => {
    await rolledBack(async (tx) => {
      const { auditor, eve } = await people(tx);
      await edit(auditor, tx, eve.id, ["Bé"]);
      await recordEvent(asNobody(tx), tx, {
        operation: "session.start",
        outcome: "succeeded",
        target: { kind: "session", id: newId(), personId: eve.id },
        before: null,
        after: null,
      });
      const read = async (change: Partial<AuditFilters>) =>
        (await exported(auditor, "ndjson", change))
          .join("")
          .split("\n")
          .filter(Boolean)
          .map((line) => JSON.parse(line))
          .map(({ operation, actor }) => [operation, actor.id]);
      expect(await read({ actor: [eve.id] })).toEqual([["session.start", eve.id]]);
      expect(await read({ about: [eve.id], signIns: "hidden", last: "24h" })).toEqual([
        ["user.update", auditor.actor.id],
      ]);
    });
  });

  it("begins with a byte-order mark for spreadsheets, and for nobody else", async () => {
    await rolledBack(async (tx) => {
      const { auditor, eve } = await people(tx);
      await edit(auditor, tx, eve.id, ["Bé"]);
      const text = async (format: ExportFormat) => (await exported(auditor, format, { person: [eve.id] })).join("");
      const plain = await text("csv");
      expect(await text("spreadsheet")).toBe(`\uFEFF${plain}`);
      expect((await lastEvent(tx)).values).toMatchObject({ "fact.format": "CSV for spreadsheets" });
      expect(`${plain}${await text("ndjson")}`).not.toContain("\uFEFF");
    });
  });

  it("walks batches without a gap and writes one JSON value a line", async () => {
    await rolledBack(async (tx) => {
      const { auditor, eve } = await people(tx);
      const names = Array.from({ length: 1001 }, (_, index) => `n${index}`);
      const ids = await edit(auditor, tx, eve.id, names);
      const pieces = await exported(auditor, "ndjson", { person: [eve.id] });
      expect(pieces).toHaveLength(3);
      const lines = pieces
        .join("")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect(lines.map(({ id }) => id)).toEqual(ids.toSorted().toReversed());
      expect(lines[0]).toMatchObject({
        operation: "user.update",
        changes: { lastName: ["a", expect.any(String)] },
        address: "10.0.0.1",
      });
    });
  });

  it("refuses those who may not read everything, and writes that down", async () => {
    await rolledBack(async (tx) => {
      const { eve } = await people(tx);
      const lead = await roleNamed(tx, "Quality Lead");
      await tx.insert(roleOperations).values({ roleId: lead.id, operation: "audit.read", scope: "reports" });
      const lee = await makeUser(tx, { primaryRole: "Quality Lead" });
      for (const person of [eve, lee]) {
        await expect(exported(await as(tx, person), "csv")).rejects.toMatchObject({ code: "forbidden" });
        expect(await lastEvent(tx)).toMatchObject({
          operation: "audit.export",
          outcome: "refused",
          actorId: person.id,
        });
      }
      expect(await tx.select().from(events).where(eq(events.outcome, "succeeded"))).toEqual([]);
    });
  });
});
