import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { demoPassword } from "@/db/seed/cast";
import { unknownOutcome, unreachable } from "@/lib/platform/unavailable";
import { hiddenFields, post } from "../sign-in-form";

/** Milliseconds within which every request ends (quality: a hanging database). */
export const longest = 10_000;

type Kind = "sign-in page" | "own page" | "list" | "sign-in";

/** One request: when it ended, how long it took, and what came. `good`: what it was for. */
type Asked = {
  kind: Kind;
  status: number;
  retryAfter: string | null;
  at: number;
  time: number;
  good: boolean;
  says: string;
};

export interface Load {
  since: Date;
  asked: Asked[];
  /** Cookies of sign-ins that were acknowledged. */
  cookies: string[];
  /** Ends the load and waits for what runs. */
  stop(): Promise<void>;
}

const people = ["ada", "quinn", "lee", "eve", "audrey"];

/** A light load: pages of somebody who is signed in, the page of sign-in, and sign-ins, each of which stores a session. */
export async function startLoad(baseUrl: string): Promise<Load> {
  const form = await hiddenFields(baseUrl);
  const asked: Asked[] = [];
  const cookies: string[] = [];
  const since = new Date();
  let turn = 0;
  let stopped = false;

  async function signIn() {
    turn += 1;
    // Each from an address of its own: the limit per address is not what is tried here.
    const address = `203.0.${(turn >> 8) & 255}.${turn & 255}`;
    const fields = { ...form, name: people[turn % people.length] ?? "", password: demoPassword, next: "/account" };
    const answer = await post(baseUrl, fields, address);
    if (answer.status === 303) cookies.push(cookieOf(answer));
    return answer;
  }
  const read = (path: string, cookie = "") =>
    fetch(`${baseUrl}${path}`, { redirect: "manual", headers: { cookie, accept: "text/html" } });

  async function during(kind: Kind, ask: () => Promise<Response>, goodStatus: number, pause: number) {
    for (; !stopped; await sleep(pause)) {
      const begin = performance.now();
      const answer = await ask().catch(() => null);
      const says = (await answer?.text().catch(() => null)) ?? "";
      asked.push({
        kind,
        status: answer?.status ?? 0,
        retryAfter: answer?.headers.get("retry-after") ?? null,
        at: Date.now(),
        time: Math.round(performance.now() - begin),
        good: answer?.status === goodStatus && !says.includes("could not be shown"),
        says,
      });
    }
  }

  const reader = cookieOf(await signIn());
  const running = Promise.all([
    during("sign-in page", () => read("/sign-in"), 200, 50),
    during("own page", () => read("/account", reader), 200, 50),
    during("list", () => read("/admin/users", reader), 200, 100),
    during("sign-in", signIn, 303, 100),
  ]);
  return {
    since,
    asked,
    cookies,
    async stop() {
      stopped = true;
      await running;
    },
  };
}

const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((set) => set.split(";")[0])
    .join("; ");

/** For a table: how many of each kind were good, how many were asked to come back, how many something else, and the longest in milliseconds. */
export function countByKind(asked: Asked[]) {
  const kinds = [...new Set(asked.map(({ kind }) => kind))];
  return Object.fromEntries(
    kinds.map((kind) => {
      const some = asked.filter((one) => one.kind === kind);
      return [
        kind,
        {
          asked: some.length,
          good: some.filter(({ good }) => good).length,
          later: some.filter(isUnavailable).length,
          other: some.filter((one) => !one.good && !isUnavailable(one)).length,
          longest: Math.max(...some.map(({ time }) => time)),
        },
      ];
    }),
  );
}

/**
 * Answered that the database is away: 503 with `Retry-After`, or, where it was back when the form was shown again, the
 * sentence in the form.
 */
export const isUnavailable = ({ kind, status, retryAfter, says }: Asked) =>
  (status === 503 && retryAfter !== null) ||
  (kind === "sign-in" && status === 200 && [unreachable, unknownOutcome].some((sentence) => says.includes(sentence)));

/** Milliseconds from `since` to the first good answer of this kind; infinite without one. */
export function firstGood(asked: Asked[], kind: Kind, since: number): number {
  const found = asked.find((one) => one.kind === kind && one.good && one.at >= since);
  return found ? found.at - since : Number.POSITIVE_INFINITY;
}

/** How many acknowledged sign-ins are no session any more, and how many sessions have not exactly one event. */
export async function checkStored(baseUrl: string, databaseUrl: string, load: Load) {
  let lost = 0;
  for (const cookie of load.cookies) {
    const answer = await fetch(`${baseUrl}/account`, { redirect: "manual", headers: { cookie } });
    await answer.arrayBuffer();
    if (answer.status !== 200) lost += 1;
  }
  const sql = postgres(databaseUrl, { max: 1, fetch_types: false });
  try {
    const [row] = await sql<{ sessions: number; wrong: number }[]>`
      select count(*)::int as sessions, count(*) filter (where events <> 1)::int as wrong from (
        select (select count(*) from events e where e.operation = 'session.start' and e.target_id = s.id) as events
          from sessions s where s.started_at >= ${load.since}) counted`;
    return { acknowledged: load.cookies.length, lost, sessions: row?.sessions ?? 0, withoutOneEvent: row?.wrong ?? 0 };
  } finally {
    await sql.end();
  }
}
