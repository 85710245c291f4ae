import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { createDb, type Db } from "@/db/client";
import { accessTokens, settings } from "@/db/schema";
import { fitsOnToken } from "@/lib/authz/limit";
import { operationKeys } from "@/lib/operations";
import { newToken } from "@/lib/platform/token";
import { startBetterAuth } from "./better-auth";
import { type Build, signIn, startBuild } from "./build";
import { copyOfHouse } from "./kept-house";
import { printTable, time } from "./measure";
import { benchProtocol } from "./protocol";

const here = join(import.meta.dirname, "..");
const rounds = 60;
const rows = 25;

/**
 * Measures what programs ask over HTTP of the production build: the protocol of clients, and the list of users beside the same list of
 * Better Auth, on one PostgreSQL with the same people.
 */
export async function benchPrograms(serverUrl: string, size: number): Promise<void> {
  const database = await copyOfHouse(serverUrl, "gatehouse_bench_programs", size);
  const db = createDb(database.url, { max: 2 });
  try {
    const secret = randomBytes(32).toString("hex");
    const cookie = await signIn(database.url, secret);
    const bearer = await makeToken(db);
    const build = await startBuild("this build", here, database.url, secret, cookie);
    try {
      await benchProtocol(build, db, bearer);
      await benchLists(build, db, bearer, serverUrl, database.url);
    } finally {
      await build.end();
    }
  } finally {
    await db.$client.end({ timeout: 5 });
    await database.drop();
  }
}

/** An access token of a person who may do everything, with everything that a token carries. */
async function makeToken(db: Db): Promise<string> {
  const { text, ...kept } = newToken("gh_pat");
  const [session] = await db.execute<{ user_id: string }>(
    sql`select user_id from sessions where agent = 'Gatehouse bench'`,
  );
  const userId = session?.user_id ?? "";
  const operations = operationKeys.filter(fitsOnToken);
  await db
    .insert(accessTokens)
    .values({ ...kept, userId, name: "Bench", nameKey: "bench", operations, createdBy: userId });
  // As many as the setting takes: what is measured is not to be refused.
  await db.insert(settings).values({ key: "tokens.requests", value: 1_000_000 });
  return text;
}

type Question = { what: string; ours: string; theirs: string; goal?: number };

/** The same pages of the same people, asked in turn: ours by its key, theirs by its number of rows to pass over. */
async function benchLists(build: Build, db: Db, bearer: string, serverUrl: string, url: string): Promise<void> {
  const peer = await startBetterAuth(serverUrl, url);
  const ours = async (query: string) =>
    ask(`${build.base}/api/v1/users?limit=${rows}&sort=name${query}`, { authorization: `Bearer ${bearer}` });
  const theirs = (query: string) =>
    ask(`${peer.base}/api/auth/admin/list-users?limit=${rows}&sortBy=name&sortDirection=asc${query}`, peer.headers);
  try {
    const { items, next } = (await ours("")) as { items: unknown[]; next: string };
    const { users, total } = (await theirs("")) as { users: unknown[]; total: number };
    if (items.length !== rows || users.length !== rows) throw new Error("A list did not give a page");
    const search = (text: string): Question => ({
      what: `search "${text}"`,
      ours: `&q=${text}`,
      theirs: `&searchField=name&searchOperator=contains&searchValue=${text}`,
    });
    const questions: Question[] = [
      { what: "first page by name", ours: "", theirs: "", goal: 10 },
      {
        what: "last pages by name",
        ours: `&after=${await farAlong(db, next)}`,
        theirs: `&offset=${total - 2 * rows}`,
        goal: 10,
      },
      ...["stein", "zar", "berg", "12345"].map(search),
    ];
    const table: string[][] = [];
    for (const { what, ours: our, theirs: their, goal = 1 } of questions) {
      const [mine, other] = [[] as number[], [] as number[]];
      for (let round = 0; round < 3; round++) {
        mine.push((await time(rounds / 3, () => ours(our))).p50);
        other.push((await time(rounds / 6, () => theirs(their))).p50);
      }
      const [a, b] = [middle(mine), middle(other)];
      const missed = b / a < goal || (goal > 1 && a > 12);
      table.push([
        what,
        a.toFixed(1),
        goal > 1 ? "12" : "",
        b.toFixed(1),
        (b / a).toFixed(1),
        `${goal}`,
        missed ? "missed" : "",
      ]);
    }
    printTable(
      `${rows} users as JSON, of ${total.toLocaleString("en-US")}, beside Better Auth on the same PostgreSQL, in turn`,
      ["what", "p50 ms", "goal ms", "Better Auth ms", "times", "goal", ""],
      table,
    );
  } finally {
    await peer.end();
  }
}

async function ask(address: string, headers: Record<string, string>): Promise<unknown> {
  const answer = await fetch(address, { headers });
  const body = await answer.json();
  if (answer.status !== 200) throw new Error(`${address} answers ${answer.status}: ${JSON.stringify(body)}`);
  return body;
}

/** The cursor of a list by name, moved to a hundred people before its end. */
async function farAlong(db: Db, cursor: string): Promise<string> {
  const [sign] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as [string];
  const [person] = await db.execute<{ id: string; name_key: string }>(sql`
    select id, name_key from users where status <> 'archived' order by name_key desc, id desc limit 1 offset 100`);
  return Buffer.from(JSON.stringify([sign, [person?.name_key], person?.id, 900_000])).toString("base64url");
}

const middle = (found: number[]) => found.toSorted((a, b) => a - b)[Math.floor(found.length / 2)] ?? 0;
