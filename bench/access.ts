import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { roleOperations, roles } from "@/db/schema";
import { personActor } from "@/lib/auth/person";
import { authorize } from "@/lib/authz/authorize";
import { decideByScope, noRelation } from "@/lib/authz/evaluate";
import { loadAccess } from "@/lib/authz/load";
import { operator } from "@/lib/authz/principal";
import { type Ctx, createContext } from "@/lib/context";
import { readGroupFilters } from "@/lib/groups/filters";
import { listGroups } from "@/lib/groups/list";
import { command } from "@/lib/kernel/command";
import { operationKeys } from "@/lib/operations";
import { searchGroups } from "@/lib/people/pickers";
import { uuid } from "@/lib/platform/uuid";
import { previewChange } from "@/lib/previews/preview";
import { roleOperations as declared } from "@/lib/roles/operations";
import { type FoundKind, searchConsole } from "@/lib/shell/search";
import { printTimings, type Timing, time } from "./measure";
import { blockOf, userId } from "./people";

/** Enough for the process and each connection to be as warm as in a server that runs, and for a p95 of many. */
const rounds = 1000;

/** Measures what is asked on every request: what one person holds, whom they reach; and the pickers and lists of groups. */
export async function benchAccess(db: Db, size: number): Promise<void> {
  const all = createContext(db, operator);
  const many = await personIn50Groups(db);
  const { ctx: lead, report } = await leadAndReport(db, size);
  const timings: Timing[] = [];
  const measure = async (name: string, work: () => Promise<string>, bare: number | null = null, times = rounds) => {
    const note = await work();
    for (let round = 0; round < times; round += 1) await work();
    timings.push({ name, ...(await time(times, work)), bare, note });
  };

  const roundTrip = await time(rounds, () => db.execute(sql`select 1`));
  await measure(
    "everything one person holds, 50 groups",
    async () => {
      const access = await loadAccess(db, many, new Date());
      const held = operationKeys.filter((operation) => decideByScope(access, operation, noRelation).allowed);
      return `${access.roles.length} roles, ${held.length} operations`;
    },
    roundTrip.p50,
  );
  await measure("one person decided, walking up", async () => {
    const decision = await authorize(lead, db, "user.read", { person: { id: report, name: "Somebody" } });
    return decision.ok ? "allowed" : decision.reason;
  });
  const groups = { first: {}, search: { q: "99" } };
  for (const [name, params] of Object.entries(groups))
    await measure(`groups, ${name}`, async () => {
      const page = await listGroups(all, readGroupFilters(params).filters);
      return `${page.rows.length} of ${page.total.value}`;
    });
  for (const q of ["", "team 12", "999"])
    await measure(`group picker "${q}"`, async () => `${(await searchGroups(all, q)).length} found`);
  await measure(`group picker "99", by a lead`, async () => `${(await searchGroups(lead, "99")).length} found`);
  for (const q of ["an", "anna", "qzx", "client"])
    for (const [who, ctx] of Object.entries({ everyone: all, "people below a lead": lead }))
      await measure(`palette "${q}" among ${who}`, async () => foundBy(await searchConsole(ctx, q)), null, 100);
  await measure("preview of a role that 1 % hold", () => previewOfRole(db, all), null, 5);
  printTimings(`Access and groups at ${size.toLocaleString("en-US")} users`, timings);
}

const foundBy = (kinds: FoundKind[]) => kinds.map(({ kind, things }) => `${things.length} ${kind}`).join(", ");

export async function personIn50Groups(db: Db): Promise<string> {
  const person = userId(100);
  const group = "('01900000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid";
  await db.execute(
    sql.raw(`with made as (
        insert into roles (id, name, name_key, kind) select gen_random_uuid(), 'Bench ' || n, 'bench ' || n, 'additional'
          from generate_series(1, 20) n on conflict (name_key) do update set kind = 'additional' returning id, name
      ), carried as (
        insert into role_operations (role_id, operation, scope)
        select made.id, operation, 'reports' from made, unnest(array['user.read', 'client.read', 'user.update']) operation
        on conflict do nothing
      ) insert into group_roles (group_id, role_id) select ${group}, made.id
          from generate_series(3, 52) n join made on made.name = 'Bench ' || (1 + n % 20)
        on conflict do nothing`),
  );
  await db.execute(
    sql.raw(`insert into group_members (group_id, user_id) select ${group}, ${person} from generate_series(3, 52) n
      on conflict do nothing`),
  );
  const [row] = await db.execute<{ id: string }>(sql.raw(`select ${person} as id`));
  return row?.id ?? "";
}

async function leadAndReport(db: Db, size: number): Promise<{ ctx: Ctx; report: string }> {
  const { from, to } = blockOf(size);
  const [row] = await db.execute<{ lead: string; report: string }>(
    sql.raw(`select ${userId(from)} as lead, ${userId(to)} as report`),
  );
  const { lead = "", report = "" } = row ?? {};
  const access = await loadAccess(db, lead, new Date());
  return { ctx: createContext(db, personActor({ id: lead, sessionId: null, access })), report };
}

const widenRole = command(declared["role.update"], {
  key: "bench.widen_role",
  input: z.strictObject({ id: uuid() }),
  target: async (_, { id }) => ({ id, person: null, record: null, trace: null }),
  grants: () => ({}),
  change: async ({ tx }, _, { id }) => {
    await tx.insert(roleOperations).values({ roleId: id, operation: "user.purge", scope: "all" });
    return { value: null, after: null };
  },
});

/** The change itself is a single row; what takes time is to compare everybody who holds the role. */
async function previewOfRole(db: Db, ctx: Ctx): Promise<string> {
  const [role] = await db.select({ id: roles.id }).from(roles).where(eq(roles.name, "Quality Manager"));
  const roleId = role?.id ?? "";
  const preview = await previewChange(ctx, widenRole, { id: roleId }, { roleId });
  return `${preview.people.count} people gain, over ${preview.people.over}`;
}
