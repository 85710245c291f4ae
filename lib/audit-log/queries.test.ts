import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { clients, eventValues, groupMembers, groups, roleOperations, roles, users } from "@/db/schema";
import { describeEvent } from "@/lib/audit/describe";
import { plain } from "@/lib/audit/fields";
import { recordEvent, type Trace } from "@/lib/audit/record";
import { type AuditFilters, noAuditFilters } from "@/lib/audit-log/filters";
import { labelPeople } from "@/lib/audit-log/people";
import { countEvents, listEvents, listOwnEvents, nextEvents, servedEvents } from "@/lib/audit-log/queries";
import { clientActor } from "@/lib/authz/principal";
import { type Ctx, createContext } from "@/lib/context";
import { fullName } from "@/lib/normalization/names";
import type { OperationKey } from "@/lib/operations";
import { as, asNobody, makeUser, roleNamed, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";
import { updateUser } from "@/lib/users/commands/update";
import { storedForm } from "@/lib/users/conflict";

const zone = "UTC";
const base = Date.parse("2026-11-19T09:00:00Z");
let minute = 0;

type Draft = {
  person?: { id: string } | null;
  operation?: OperationKey;
  target?: string;
  facts?: Trace;
  before?: Trace;
  after?: Trace;
  outcome?: "refused";
};

async function happened(tx: Tx, ctx: Ctx, { person = null, operation = "user.update", ...draft }: Draft = {}) {
  minute += 1;
  const at = new Date(base + minute * 60_000);
  return recordEvent({ ...ctx, now: () => at }, tx, {
    operation,
    outcome: draft.outcome ?? "succeeded",
    target: {
      kind: operation.startsWith("client") ? "client" : "user",
      id: draft.target ?? person?.id ?? null,
      personId: person?.id ?? null,
    },
    before: draft.before ?? null,
    after: draft.after ?? null,
    facts: draft.facts,
  });
}

/** Two branches under two leads who may read the audit log of the people below them, an owned group, and an auditor. */
async function company(tx: Tx) {
  await loadPreset(tx, "quality_assurance");
  const lead = await roleNamed(tx, "Quality Lead");
  await tx.insert(roleOperations).values([
    { roleId: lead.id, operation: "audit.read", scope: "reports" },
    { roleId: lead.id, operation: "audit.read", scope: "owned_groups" },
  ]);
  const lee = await makeUser(tx, { firstName: "Lee", lastName: "Lead", primaryRole: "Quality Lead" });
  const noor = await makeUser(tx, { firstName: "Noor", lastName: "North", primaryRole: "Quality Lead" });
  const eve = await makeUser(tx, { firstName: "Eve", lastName: "Engineer", managerId: lee.id });
  const below = await makeUser(tx, { firstName: "Bo", lastName: "Below", managerId: eve.id });
  const canary = await makeUser(tx, { firstName: "Canary", lastName: "Other", managerId: noor.id });
  const member = await makeUser(tx, { firstName: "Mem", lastName: "Ber" });
  const audrey = await makeUser(tx, { firstName: "Audrey", lastName: "Auditor", roles: ["Auditor"] });
  const [group] = await tx
    .insert(groups)
    .values({ name: "Regression", nameKey: "regression", ownerId: lee.id })
    .returning();
  if (!group) throw new Error("no group");
  await tx.insert(groupMembers).values({ groupId: group.id, userId: member.id });
  return { lee, noor, eve, below, canary, member, audrey };
}

const ids = async (ctx: Ctx, change: Partial<AuditFilters> = {}) =>
  (await listEvents(ctx, { filters: { ...noAuditFilters, ...change }, zone })).rows.map(({ id }) => id);

describe("who reads what (R11)", () => {
  it("shows a lead the events about the people below and in owned groups, and never another branch's", async () => {
    await rolledBack(async (tx) => {
      const { lee, eve, below, canary, member, audrey, noor } = await company(tx);
      const ada = await as(tx, audrey);
      const mine = [
        await happened(tx, ada, { person: eve }),
        await happened(tx, ada, { person: below }),
        await happened(tx, ada, { person: member }),
      ];
      const foreign = [
        await happened(tx, ada, { person: canary, facts: { reason: "canary" } }),
        await happened(tx, await as(tx, lee), { person: canary, outcome: "refused" }),
        await happened(tx, ada, { person: lee }),
        await happened(tx, ada, { operation: "audit.export" }),
        await happened(tx, asNobody(tx), { operation: "session.refuse", outcome: "refused" }),
      ];
      const reader = await as(tx, lee);
      expect(await ids(reader)).toEqual(mine.toReversed());
      expect(await countEvents(reader, { filters: noAuditFilters, zone })).toEqual({ value: 3, kind: "exact" });
      for (const change of [
        { person: [canary.id] },
        { target: canary.id },
        { person: [lee.id] },
        { person: [noor.id] },
      ])
        expect(await ids(reader, change)).toEqual([]);
      expect(await ids(reader, { person: [audrey.id] })).toEqual(mine.toReversed());
      expect(await labelPeople(reader, [canary.id, eve.id])).toEqual([
        { id: canary.id, label: `…${canary.id.slice(-4)}`, known: false },
        { id: eve.id, label: "Eve Engineer", known: true },
      ]);
      const walked = await nextEvents(reader, { filters: noAuditFilters, zone }, null, 100);
      expect(walked.map(({ event }) => event.id)).toEqual(mine.toReversed());
      expect(await ids(ada)).toEqual([...mine, ...foreign].toReversed());
    });
  });

  it("keeps the reason of a refusal from readers who may not see whom it names beside the person", async () => {
    await rolledBack(async (tx) => {
      const { lee, eve, below, canary, audrey } = await company(tx);
      await tx.update(users).set({ status: "disabled", managerId: null }).where(eq(users.id, canary.id));
      await tx.update(users).set({ status: "disabled" }).where(eq(users.id, below.id));
      const [seer] = await tx
        .insert(roles)
        .values({ name: "Helper", nameKey: "helper", kind: "additional" })
        .returning();
      const held = ["user.read", "user.update"].map((operation) => ({ operation, scope: "all" as const }));
      await tx.insert(roleOperations).values(held.map((one) => ({ roleId: seer!.id, ...one })));
      const helper = await makeUser(tx, { firstName: "Hal", roles: ["Helper"] });
      const form = await storedForm(tx, eve);
      const { memberships: _, roleEnds: __, ...stored } = form;
      const refuse = async (managerId: string) => {
        const input = { ...stored, id: eve.id, managerId, accessEndsAt: null, password: "", confirmPassword: "" };
        await expect(updateUser(await as(tx, helper), input)).rejects.toMatchObject({ code: "invalid" });
      };
      const reasons = async (reader: { id: string }) => {
        const { rows } = await listEvents(await as(tx, reader), { filters: noAuditFilters, zone });
        return rows.map(({ values }) => [values["fact.reason"], values["fact.named"]]);
      };
      await refuse(canary.id);
      await refuse(below.id);
      const named = [
        [`${fullName(below)} is disabled and cannot be a manager.`, undefined],
        [`${fullName(canary)} is disabled and cannot be a manager.`, undefined],
      ];
      expect(await reasons(audrey)).toEqual(named);
      expect(await reasons(lee)).toEqual([named[0], ["The reason names somebody outside your view.", undefined]]);
    });
  });

  it("shows nothing to those without the operation, and to nobody", async () => {
    await rolledBack(async (tx) => {
      const { eve, audrey } = await company(tx);
      await happened(tx, await as(tx, audrey), { person: eve });
      expect(await ids(await as(tx, eve))).toEqual([]);
      expect(await ids(asNobody(tx))).toEqual([]);
    });
  });

  it("lets everybody read what happened to their own account, without where others sat", async () => {
    await rolledBack(async (tx) => {
      const { eve, audrey, canary } = await company(tx);
      const source = { address: "10.9.9.9", agent: "Firefox", requestId: "r" };
      const auditor = { ...(await as(tx, audrey)), source };
      await happened(tx, auditor, { person: canary });
      const about = await happened(tx, auditor, { person: eve });
      const failed = await happened(tx, asNobody(tx, source), {
        person: eve,
        operation: "session.refuse",
        outcome: "refused",
      });
      const { rows } = await listOwnEvents(await as(tx, eve), {
        filters: { ...noAuditFilters, person: [canary.id] },
        zone,
      });
      expect(rows.map(({ id }) => id)).toEqual([failed, about]);
      expect(rows.map(({ values }) => values.address)).toEqual(["10.9.9.9", undefined]);
    });
  });
});

describe("filters and pages", () => {
  it("filters by person about or by, operation, outcome, target and days of the reader's zone", async () => {
    await rolledBack(async (tx) => {
      const { eve, lee, audrey } = await company(tx);
      const [byLee, auditor] = [await as(tx, lee), await as(tx, audrey)];
      const client = newId();
      const about = await happened(tx, auditor, { person: lee });
      const by = await happened(tx, byLee, { person: eve, operation: "client.generate", target: client });
      const own = await happened(tx, byLee, { person: lee, operation: "account.update" });
      const refused = await happened(tx, auditor, { person: eve, outcome: "refused" });
      expect(await ids(auditor, { person: [lee.id] })).toEqual([own, by, about]);
      expect(await ids(auditor, { operation: ["client.generate", "account.update"] })).toEqual([own, by]);
      expect(await ids(auditor, { outcome: ["refused"] })).toEqual([refused]);
      expect(await ids(auditor, { target: client })).toEqual([by]);
      expect(await ids(auditor, { person: [lee.id], operation: ["user.update"] })).toEqual([about]);
      expect(await ids(auditor, { from: "2026-11-20" })).toEqual([]);
      expect(await ids(auditor, { from: "2026-11-19", to: "2026-11-19" })).toHaveLength(4);
      expect(await ids(auditor, { from: "2026-11-20", to: "2026-11-18" })).toHaveLength(4);
      expect(await ids(auditor, { to: "2026-11-18" })).toEqual([]);
      const farWest = { filters: { ...noAuditFilters, to: "2026-11-18" }, zone: "Pacific/Pago_Pago" };
      expect((await listEvents(auditor, farWest)).rows).toHaveLength(4);
    });
  });

  it("separates who acted from whom it is about, and takes the person who signed in for the actor", async () => {
    await rolledBack(async (tx) => {
      const { eve, lee, audrey, canary } = await company(tx);
      const auditor = await as(tx, audrey);
      const signIn = { person: eve, operation: "session.start", target: newId() } as const;
      const by = await happened(tx, await as(tx, eve), { person: lee });
      const about = await happened(tx, auditor, { person: eve });
      const signedIn = await happened(tx, asNobody(tx), signIn);
      const refused = await happened(tx, asNobody(tx), { ...signIn, operation: "session.refuse", outcome: "refused" });
      expect(await ids(auditor, { actor: [eve.id] })).toEqual([signedIn, by]);
      expect(await ids(auditor, { about: [eve.id] })).toEqual([refused, signedIn, about]);
      expect(await ids(auditor, { person: [eve.id] })).toEqual([refused, signedIn, about, by]);
      expect(await ids(auditor, { actor: [audrey.id], about: [eve.id] })).toEqual([about]);
      expect(await ids(auditor, { actor: [eve.id], person: [lee.id] })).toEqual([by]);
      expect(await ids(auditor, { signIns: "hidden" })).toEqual([about, by]);
      const { rows } = await listEvents(auditor, { filters: { ...noAuditFilters, about: [eve.id] }, zone });
      expect(rows.map(({ actor }) => [actor.kind, actor.name])).toEqual([
        ["nobody", null],
        ["person", "Eve Engineer"],
        ["person", "Audrey Auditor"],
      ]);
      expect(plain(describeEvent(rows[1]!).sentence)).toBe("Eve Engineer signed in");

      await happened(tx, auditor, { person: canary });
      const lead = await as(tx, lee);
      expect(await ids(lead, { about: [canary.id] })).toEqual([]);
      expect(await ids(lead, { actor: [eve.id] })).toEqual([signedIn]);
      const labels = await servedEvents.labels(lead, { ...noAuditFilters, actor: [canary.id], about: [eve.id] });
      expect(labels).toMatchObject({
        actor: [{ label: `…${canary.id.slice(-4)}` }],
        about: [{ label: "Eve Engineer" }],
      });
    });
  });

  it("goes back a period from the moment at which it is asked", async () => {
    await rolledBack(async (tx) => {
      const { eve, audrey } = await company(tx);
      const event = await happened(tx, await as(tx, audrey), { person: eve });
      const days = async (count: number, last: "24h" | "7d" | "30d") =>
        ids(await as(tx, audrey, () => new Date(base + minute * 60_000 + count * 86_400_000 - 1)), { last });
      expect([await days(1, "24h"), await days(7, "7d"), await days(30, "30d")]).toEqual([[event], [event], [event]]);
      expect([await days(2, "24h"), await days(8, "7d"), await days(31, "30d")]).toEqual([[], [], []]);
    });
  });

  it("walks there and back by key, without a gap or a repetition, also among equal times", async () => {
    await rolledBack(async (tx) => {
      const { eve, audrey } = await company(tx);
      const auditor = await as(tx, audrey);
      const at = new Date(base);
      const all: string[] = [];
      for (let index = 0; index < 120; index += 1)
        all.push(
          await recordEvent({ ...auditor, now: () => at }, tx, {
            operation: "user.update",
            outcome: "succeeded",
            target: { kind: "user", id: eve.id, personId: eve.id },
            before: null,
            after: null,
          }),
        );
      const expected = all.toSorted().toReversed();
      const page = (change: Partial<AuditFilters>) =>
        listEvents(auditor, { filters: { ...noAuditFilters, person: [eve.id], ...change }, zone });
      const first = await page({});
      const second = await page({ after: first.next ?? "" });
      const third = await page({ after: second.next ?? "" });
      expect([first, second, third].flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(expected);
      expect([first, second, third].map(({ from }) => from)).toEqual([1, 51, 101]);
      expect([first.previous, third.next]).toEqual([null, null]);
      const back = await page({ before: third.previous ?? "" });
      expect(back.rows.map(({ id }) => id)).toEqual(second.rows.map(({ id }) => id));
      expect(back.from).toBe(51);
      const start = await page({ before: back.previous ?? "" });
      expect([start.from, start.previous]).toEqual([1, null]);
      await expect(
        listEvents(auditor, { filters: { ...noAuditFilters, after: first.next ?? "" }, zone }),
      ).rejects.toMatchObject({ code: "invalid" });
      await expect(page({ after: "torn" })).rejects.toMatchObject({ code: "invalid" });
    });
  });
});

describe("names", () => {
  it("shows people by their current name, clients by theirs, and the purged by the end of their id", async () => {
    await rolledBack(async (tx) => {
      const { eve, audrey } = await company(tx);
      const auditor = await as(tx, audrey);
      const [client] = await tx
        .insert(clients)
        .values({
          userId: eve.id,
          name: "eve-laptop",
          nameKey: "eve-laptop",
          status: "registered",
          tokenPrefix: "gh",
          tokenLastFour: "abcd",
          tokenExpiresAt: new Date(),
        })
        .returning();
      if (!client) throw new Error("no client");
      await happened(tx, auditor, {
        person: eve,
        operation: "client.deregister",
        target: client.id,
        outcome: "refused",
      });
      await happened(tx, createContext(tx, clientActor(client.id)), { person: eve });
      await tx.update(users).set({ lastName: "Engineer-Park" }).where(eq(users.id, eve.id));
      const sentences = async () =>
        (await listEvents(auditor, { filters: { ...noAuditFilters, person: [eve.id] }, zone })).rows.map((event) =>
          plain(describeEvent(event).sentence),
        );
      expect(await sentences()).toEqual([
        "Client eve-laptop edited Eve Engineer-Park",
        "Audrey Auditor tried to deregister client eve-laptop of Eve Engineer-Park and was refused",
      ]);
      await tx.delete(eventValues);
      await tx.delete(users).where(eq(users.id, eve.id));
      const purged = `purged user …${eve.id.slice(-4)}`;
      expect((await sentences())[1]).toBe(`Audrey Auditor tried to deregister a client of ${purged} and was refused`);
    });
  });
});
