import type { Page } from "@playwright/test";
import { encode } from "next-auth/jwt";
import postgres from "postgres";
import { v7 } from "uuid";
import { cookieName } from "@/lib/auth/cookie";
import { runningServer } from "./server";

const day = 86_400_000;

/** Signs a browser in without the form: a session row in the server's database, and its cookie. Returns the row's id. */
export async function signInAs(page: Page, username: string): Promise<string> {
  const { baseUrl } = runningServer();
  const sid = await startSession(username);
  const cookie = await cookieOf(sid);
  const secure = baseUrl.startsWith("https:");
  await page.context().addCookies([{ ...cookie, url: baseUrl, httpOnly: true, secure, sameSite: "Lax" }]);
  return sid;
}

/** The cookie that names a session. */
export async function cookieOf(sid: string): Promise<{ name: string; value: string }> {
  const { baseUrl, secret } = runningServer();
  const name = cookieName(baseUrl.startsWith("https:"));
  return { name, value: await encode({ token: { sid }, secret, maxAge: 86_400 }) };
}

/** A session row of somebody, as another browser of theirs would have it. */
export async function startSession(username: string, agent = "Gatehouse journeys"): Promise<string> {
  const sid = v7();
  const endsAt = new Date(Date.now() + day);
  await withDatabase(async (sql) => {
    const started = await sql`
      insert into sessions (id, user_id, address, agent, verified_at, ends_at)
      select ${sid}, id, '127.0.0.1', ${agent}, now(), ${endsAt} from users where username_key = ${username.toLowerCase()}`;
    if (started.count !== 1) throw new Error(`Nobody is called ${username}`);
  });
  return sid;
}

let kept: postgres.Sql | undefined;

/** The database of the server under test, for what a journey needs to be there before it begins. */
export async function withDatabase<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  kept ??= postgres(runningServer().databaseUrl, { max: 4, idle_timeout: 1, prepare: false, onnotice: () => {} });
  return work(kept);
}
