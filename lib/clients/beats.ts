import { sql } from "drizzle-orm";
import { clientActor } from "@/lib/authz/principal";
import { noticeCopy } from "@/lib/clients/copied";
import type { Heartbeat } from "@/lib/clients/schema";
import { type Ctx, type Reads, transactionsOf } from "@/lib/context";
import { faultOf, log } from "@/lib/platform/log";
import { onePerProcess } from "@/lib/platform/one-per-process";

/** A heartbeat that was accepted. `epoch`: that of its token, so that one that has ended in the meantime leaves no trace. */
export type Beat = Heartbeat & { client: { id: string; userId: string }; epoch: number; ctx: Ctx };

/** `tried`: one whose client was locked at that moment is written with the next batch. */
type Waiting = { beat: Beat; at: Date; tried: boolean };
type Batch = { waiting: Map<string, Waiting>; written: Promise<void> };

/** How long beats wait for others; milliseconds. */
const gathering = 1_000;

const batches = onePerProcess("beats", () => new WeakMap<Reads, Batch>());

/**
 * Notes a heartbeat: all that come within a second are written by one statement. The promise ends once that was tried; it never
 * fails, since the client beats again.
 */
export function noteBeat(beat: Beat): Promise<void> {
  return join(beat.ctx.db, { beat, at: beat.ctx.now(), tried: false });
}

function join(db: Reads, one: Waiting): Promise<void> {
  let batch = batches.get(db);
  if (!batch) {
    const waiting = new Map<string, Waiting>();
    batch = {
      waiting,
      written: new Promise((resolve) => setTimeout(resolve, gathering)).then(() => write(db, waiting)),
    };
    batches.set(db, batch);
  }
  const { id } = one.beat.client;
  if (!one.tried || !batch.waiting.has(id)) batch.waiting.set(id, one);
  return batch.written;
}

async function write(db: Reads, waiting: Map<string, Waiting>): Promise<void> {
  batches.delete(db);
  try {
    const { locked, copies } = await store([...waiting.values()]);
    const again = locked.flatMap((id) => waiting.get(id) ?? []).filter(({ tried }) => !tried);
    const joined = again.map((one) => join(db, { ...one, tried: true }));
    for (const id of copies) await tellCopy(waiting.get(id)?.beat);
    await Promise.all(joined);
  } catch (error) {
    log.error({ fault: faultOf(error), clients: waiting.size }, "heartbeats were not written");
  }
}

/** Never fails, so that the others are reported: a client that is still copied is noticed again. */
async function tellCopy(beat: Beat | undefined): Promise<void> {
  if (!beat) return;
  try {
    await noticeCopy({ ...beat.ctx, actor: clientActor(beat.client.id) }, beat.client);
  } catch (error) {
    log.warn({ fault: faultOf(error), client: beat.client.id }, "a copied client was not reported");
  }
}

/**
 * The one statement. Rows that a change has locked are left out, so that neither waits for the other, and so are clients whose
 * tokens were ended in the meantime. A run whose predecessor beats again is a second one.
 */
async function store(beats: Waiting[]): Promise<{ locked: string[]; copies: string[] }> {
  const [first] = beats;
  if (!first) return { locked: [], copies: [] };
  const rows = beats.map(({ beat, at }) => ({
    id: beat.client.id,
    epoch: beat.epoch,
    at: at.toISOString(),
    address: beat.ctx.source.address,
    version: beat.version,
    platform: beat.platform,
    instance: beat.instance ?? null,
  }));
  const found = await transactionsOf(first.beat.ctx).transaction((tx) =>
    tx.execute<{ id: string; free: boolean; copy: boolean }>(sql`
      with beat as materialized (
        select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as b(id uuid, epoch int, at timestamptz, address text, version text, platform text, instance text)
      ), free as materialized (
        select c.id, c.instance, c.previous_instance, c.copied_at from clients c
         where c.id in (select id from beat) order by c.id for no key update skip locked
      ), beaten as (
        update clients c
           set last_heartbeat_at = greatest(c.last_heartbeat_at, b.at), last_address = b.address,
               version = b.version, platform = b.platform, instance = coalesce(b.instance, c.instance),
               previous_instance = case when b.instance <> c.instance then c.instance else c.previous_instance end
          from beat b join free f on f.id = b.id
         where c.id = b.id and c.token_epoch = b.epoch and c.status = 'registered' and not c.awaiting
        returning c.id, b.at, b.instance
      ), heard as (
        insert into client_days (day, client_id) select (at at time zone 'utc')::date, id from beaten on conflict do nothing
      )
      select b.id, f.id is not null as free,
             coalesce(e.instance <> f.instance and e.instance = f.previous_instance and f.copied_at is null, false) as copy
        from beat b left join free f on f.id = b.id left join beaten e on e.id = b.id`),
  );
  const ids = (which: (row: { free: boolean; copy: boolean }) => boolean) => found.filter(which).map(({ id }) => id);
  return { locked: ids(({ free }) => !free), copies: ids(({ copy }) => copy) };
}
