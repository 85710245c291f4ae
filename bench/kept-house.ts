import postgres from "postgres";
import { migrate } from "@/db/migrate";
import { addressOf, createTestDatabase, type TestDatabase } from "@/lib/testing/databases";
import { loadEvents } from "./events";
import { loadPeople } from "./people";

/** The address of a database of that many people, loaded once and kept. */
export async function keptHouse(serverUrl: string, size: number): Promise<string> {
  const url = await keptDatabase(serverUrl, nameOf(size), async (loading) => {
    await migrate(loading);
    const seconds = await loadPeople(loading, size);
    console.log(`Loaded ${size.toLocaleString("en-US")} users in ${seconds.toFixed(0)} s.`);
  });
  await migrate(url);
  return url;
}

/** The address of a database that is filled once and kept: one that was not filled to its end has another name. */
export async function keptDatabase(
  serverUrl: string,
  name: string,
  fill: (url: string) => Promise<void>,
): Promise<string> {
  const server = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    const [known] = await server`select 1 from pg_database where datname = ${name}`;
    if (!known) {
      const database = await createTestDatabase(serverUrl, `${name}_loading`);
      await fill(database.url);
      await server`alter database ${server(`${name}_loading`)} rename to ${server(name)}`;
    }
  } finally {
    await server.end({ timeout: 5 });
  }
  return addressOf(serverUrl, name);
}

/** A copy of the kept people, with as many events, for benchmarks that change something. */
export async function copyOfHouse(serverUrl: string, name: string, size: number): Promise<TestDatabase> {
  await loadEvents(await keptHouse(serverUrl, size), size);
  return createTestDatabase(serverUrl, name, nameOf(size));
}

const nameOf = (size: number) => `gatehouse_house_${size}`;
