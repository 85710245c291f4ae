import { join } from "node:path";
import { parseArgs } from "node:util";
import { createDb } from "@/db/client";
import { startEmbedded } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import { createTestDatabase } from "@/lib/testing/databases";
import { benchAccess } from "./access";
import { benchEdits } from "./edits";
import { benchPages } from "./pages";
import { loadPeople } from "./people";
import { benchPlaces } from "./places";
import { benchSso } from "./sso";
import { benchUsersList } from "./users-list";

/**
 * `npm run bench` measures lists and access at 1,000, 100,000 and 1,000,000 users; `npm run bench -- --size 1000` at one of them;
 * `--named` leaves out the pairs of every sort with every filter. `npm run bench -- edits` measures writes instead, with
 * `--beside <folder>` also those of another checkout; `npm run bench -- pages` what the list of users costs over HTTP, with
 * `--beside` as well; `npm run bench -- sso` sign-ins through an identity provider.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: "string" },
    named: { type: "boolean", default: false },
    beside: { type: "string" },
  },
});
const sso = positionals.includes("sso");
const pages = positionals.includes("pages");
const writes = positionals.includes("edits") || sso;
const sizes = values.size ? [Number(values.size)] : [1_000, 100_000, 1_000_000];

const server = await startEmbedded(join(import.meta.dirname, "..", ".test", writes ? "bench-writes" : "bench"), {
  durable: writes,
  log: console.log,
});
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => server.stop().finally(() => process.exit(130)));
try {
  if (sso) await benchSso(server.url);
  else if (pages) await benchPages(server.url, Number(values.size ?? 10_000), values.beside);
  else if (writes) await benchEdits(server.url, Number(values.size ?? 2_000), values.beside);
  for (const size of writes || pages ? [] : sizes) {
    const database = await createTestDatabase(server.url, `gatehouse_bench_${size}`);
    const db = createDb(database.url, { max: 4, statementTimeout: 300_000 });
    try {
      await migrate(database.url);
      const seconds = await loadPeople(database.url, size);
      console.log(`\nLoaded ${size.toLocaleString("en-US")} users in ${seconds.toFixed(0)} s.`);
      await benchUsersList(db, size, !values.named);
      await benchAccess(db, size);
      await benchPlaces(db, size);
    } finally {
      await db.$client.end({ timeout: 5 });
      await database.drop();
    }
  }
} finally {
  await server.stop();
}
