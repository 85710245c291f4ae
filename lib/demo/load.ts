import { eq, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { lockNames } from "@/db/locks";
import { settings, users } from "@/db/schema";
import { makeDemonstration } from "@/db/seed";
import { cast, demoPassword } from "@/db/seed/cast";
import { newestVersion } from "@/db/seed/clients";
import { recordHistory } from "@/lib/audit/history";
import { makeHistory } from "@/lib/demo/history";
import { type DemonstrationMark, demonstrationKey } from "@/lib/demo/mark";
import { storeAccounts } from "@/lib/demo/service-accounts";
import { storeClients, storeGroups, storePeople, storeResources, storeRoles, storeSessions } from "@/lib/demo/store";
import { precondition } from "@/lib/errors";
import { lockName } from "@/lib/kernel/lock";

export type LoadedDemo = { people: { username: string; is: string }[]; password: string; loaded: boolean };

/**
 * Loads the demonstration data in one transaction, once. Refuses (`precondition`) a database that contains users which it
 * did not make. Returns who can sign in.
 */
export async function loadDemo(
  db: Db,
  { log, now = new Date() }: { log: (line: string) => void; now?: Date },
): Promise<LoadedDemo> {
  const loaded = await db.transaction(async (tx) => {
    await lockName(tx, lockNames.setup);
    return (await isWanted(tx)) ? load(tx, now) : null;
  });
  log(
    loaded
      ? `Loaded the demonstration: ${loaded.people} people, ${loaded.clients} clients, ${loaded.events} events.`
      : "The demonstration data is already loaded.",
  );
  return {
    people: cast.map(({ username, is }) => ({ username, is })),
    password: demoPassword,
    loaded: loaded !== null,
  };
}

async function isWanted(tx: Tx): Promise<boolean> {
  const [mark] = await tx.select({ key: settings.key }).from(settings).where(eq(settings.key, demonstrationKey));
  if (mark) return false;
  const [stranger] = await tx.select({ username: users.username }).from(users).limit(1);
  if (stranger)
    throw precondition(
      `This database contains users that the demonstration did not create, such as "${stranger.username}", so nothing was loaded. Give the demonstration its own database: set GATEHOUSE_DATA_DIR or DATABASE_URL.`,
    );
  return true;
}

async function load(tx: Tx, now: Date) {
  const demo = makeDemonstration(now);
  const { past, edits } = makeHistory(demo, now);
  const roleIds = await storeRoles(tx);
  const ids = await storePeople(tx, demo, edits, roleIds);
  await storeGroups(tx, demo, ids, roleIds);
  await storeResources(tx, ids);
  await storeClients(tx, demo, ids);
  await storeSessions(tx, demo, now);
  const first = new Date(Math.min(...past.map(({ witness }) => witness.now().getTime())));
  await tx.execute(sql`select ensure_event_partitions(${first.toISOString().slice(0, 10)}::date, 6)`);
  await recordHistory(tx, past);
  await storeAccounts(tx, ids, roleIds, now);
  const mark: DemonstrationMark = {
    loadedAt: now.toISOString(),
    online: demo.clients.filter(({ online }) => online).map(({ id }) => id),
  };
  await tx.insert(settings).values({ key: "clients.newestVersion", value: newestVersion, updatedAt: now });
  await tx.insert(settings).values({ key: demonstrationKey, value: mark, updatedAt: now });
  return { people: demo.people.length, clients: demo.clients.length, events: past.length };
}
