import { join } from "node:path";
import { parseArgs } from "node:util";
import { createDb } from "@/db/client";
import { startEmbedded } from "@/db/embedded";
import { migrate } from "@/db/migrate";
import { createTestDatabase } from "@/lib/testing/databases";
import { benchAccess } from "./access";
import { benchEdits } from "./edits";
import { printFigures } from "./figures";
import { keptHouse } from "./kept-house";
import { benchLighthouse } from "./lighthouse";
import { benchPages } from "./pages";
import { loadPeople } from "./people";
import { benchPrograms } from "./programs";
import { benchSso } from "./sso";
import { benchUsersList } from "./users-list";

const help = `npm run bench [-- <what>] [--size <users>]

  (nothing)   lists, access and the organisation at 1,000, 100,000 and 1,000,000 users, or at --size;
              --named leaves out the pairs of every sort with every filter
  house       what is asked most of a large house, beside its goals, at 1,000,000 users or --size;
              the people are loaded once and kept; --beside <folder>: another checkout in turn
  places      the organisation alone, in the same way
  edits       writes; --size: how many; --beside <folder>: also those of another checkout
  pages       over HTTP: bytes, scripts and pages per second of the list of users, in turn with Better Auth's list as JSON, the
              scripts of every list, then how long each screen takes and what it asks of the database, beside its goals, at 10,000
              users or --size; the people and as many events are kept, as above; --beside <folder>: another checkout with the same
              migrations in turn; --against <commit>: a commit with other ones, which is fetched and built in .test/against
  lighthouse  accessibility and best practices of ten screens by Lighthouse, which npm fetches, at 1,000 users or --size
  sso         sign-ins through an identity provider
  programs    over HTTP: access tokens, introspection and heartbeats beside a route that does nothing, a page while 10,000 clients
              beat, and the list of users as JSON beside Better Auth's, which npm fetches, at 10,000 users or --size
`;

const options = {
  size: { type: "string" },
  named: { type: "boolean", default: false },
  beside: { type: "string" },
  against: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

const { values, what } = asked();
const writes = ["edits", "sso", "programs"].includes(what);
const sizes = values.size ? [Number(values.size)] : [1_000, 100_000, 1_000_000];

const server = await startEmbedded(join(import.meta.dirname, "..", ".test", writes ? "bench-writes" : "bench"), {
  durable: writes,
  log: console.log,
});
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => server.stop().finally(() => process.exit(130)));
try {
  if (what === "sso") await benchSso(server.url);
  if (what === "edits") await benchEdits(server.url, Number(values.size ?? 2_000), values.beside);
  if (what === "programs") await benchPrograms(server.url, Number(values.size ?? 10_000));
  if (what === "house" || what === "places") {
    const size = Number(values.size ?? 1_000_000);
    const titles = { house: "A house", places: "The organisation" };
    const title = `${titles[what]} of ${size.toLocaleString("en-US")} users`;
    await printFigures(title, what, [await keptHouse(server.url, size), size], values.beside);
  }
  if (what === "lighthouse") await benchLighthouse(server.url, Number(values.size ?? 1_000));
  if (what === "pages") await benchPages(server.url, Number(values.size ?? 10_000), values);
  for (const size of what === "" ? sizes : []) {
    const database = await createTestDatabase(server.url, `gatehouse_bench_${size}`);
    const db = createDb(database.url, { max: 4, statementTimeout: 300_000 });
    try {
      await migrate(database.url);
      const seconds = await loadPeople(database.url, size);
      console.log(`\nLoaded ${size.toLocaleString("en-US")} users in ${seconds.toFixed(0)} s.`);
      await benchUsersList(db, size, !values.named);
      await benchAccess(db, size);
      await printFigures(
        `The organisation of ${size.toLocaleString("en-US")} users`,
        "places",
        [database.url, size],
        undefined,
      );
    } finally {
      await db.$client.end({ timeout: 5 });
      await database.drop();
    }
  }
} finally {
  await server.stop();
}

/** What is asked for; what is not understood is answered with the names that there are. */
function asked() {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    const [what = "", ...more] = positionals;
    if (values.help) leave(0);
    if (!["", "house", "places", "edits", "lighthouse", "pages", "programs", "sso"].includes(what) || more.length > 0)
      throw new TypeError(`There is no bench "${positionals.join(" ")}".`);
    if (values.size !== undefined && !/^[1-9]\d*$/.test(values.size))
      throw new TypeError("--size is a number of users.");
    return { values, what };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(`${error.message}\n`);
    return leave(2);
  }
}

function leave(code: number): never {
  console.log(help);
  process.exit(code);
}
