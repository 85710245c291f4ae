import { createDb } from "/work/main/db/client";
import { startEmbedded } from "/work/main/db/embedded";
import { migrate } from "/work/main/db/migrate";
import { createTestDatabase } from "/work/main/lib/testing/databases";
import { loadPeople } from "/work/main/bench/people";
import { writeFileSync } from "node:fs";
const server = await startEmbedded("/tmp/bench-b", { durable: false, log: console.log });
for (const size of [1000, 1000000]) {
  const database = await createTestDatabase(server.url, `b_${size}`);
  await migrate(database.url);
  const db = createDb(database.url, { max: 4, statementTimeout: 300_000 });
  console.log(size, await loadPeople(db, size));
  await db.$client.end();
  writeFileSync(`/tmp/bench-b/url_${size}`, database.url);
}
console.log("ready");
process.on("SIGTERM", async () => { await server.stop(); process.exit(0); });
setInterval(() => {}, 1000);
