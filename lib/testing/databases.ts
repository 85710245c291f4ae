import postgres from "postgres";

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** The address of a database of this name on a server. */
export function addressOf(serverUrl: string, name: string): string {
  const address = new URL(serverUrl);
  address.pathname = `/${name}`;
  return address.href;
}

/**
 * Makes a database of this name on a server, in place of an earlier one: empty, or a copy of `template`, to which nobody is
 * connected.
 */
export async function createTestDatabase(
  serverUrl: string,
  name: string,
  template = "template1",
): Promise<TestDatabase> {
  const drop = () => onServer(serverUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
  await drop();
  await onServer(serverUrl, (sql) => sql`create database ${sql(name)} template ${sql(template)}`);
  return { url: addressOf(serverUrl, name), drop };
}

/**
 * Makes the partitions of events for the months around the fixed clocks of tests, as "2026-11-20": migrations make those around
 * today.
 */
export const keepMonthsOfTests = (url: string) =>
  onServer(url, (sql) => sql`select ensure_event_partitions('2026-10-01', 3)`);

async function onServer(url: string, work: (sql: postgres.Sql) => Promise<unknown>) {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
