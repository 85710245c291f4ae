import postgres from "postgres";
import { StartError } from "@/db/embedded";
import { runMain } from "../run-main";
import { hiddenFields, post, timed } from "../sign-in-form";
import { withFaultServer } from "./fault-server";

const [each, closeness] = [1_000, 5];

/**
 * 1,000 wrong sign-ins of people and 1,000 of names that nobody has, by turns (S1): same status, headers and body, and
 * medians within 5 ms. Nobody is asked five times, so that nobody is locked on the way.
 */
runMain(() =>
  withFaultServer("equality", {}, async ({ baseUrl, databaseUrl }) => {
    const people = await namesOf(databaseUrl);
    const form = await hiddenFields(baseUrl);
    const seen = { known: new Map<string, string>(), unknown: new Map<string, string>() };
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let turn = 0; turn < each; turn++) {
      if (turn % (people.length * 4) === 0) await forgetFailures(databaseUrl);
      const name = people[turn % people.length] ?? "";
      const pair = { known: name, unknown: nobody(name) };
      for (const which of turn % 2 ? (["known", "unknown"] as const) : (["unknown", "known"] as const)) {
        const fields = { ...form, name: pair[which], password: "wrong horse battery gatehouse" };
        const { answer, body, time } = await timed(() => post(baseUrl, fields, `198.51.100.${turn % 250}`));
        times[which].push(time);
        const all = blotted([answer.status, JSON.stringify([...answer.headers].sort()), body].join("\n"), pair[which]);
        seen[which].set(all, pair[which]);
      }
    }
    return judge(seen, times);
  }),
);

type Both<T> = { known: T; unknown: T };

function judge(seen: Both<Map<string, string>>, times: Both<number[]>): number {
  const medians = { known: median(times.known), unknown: median(times.unknown) };
  const shapes = new Set([...seen.known.keys(), ...seen.unknown.keys()]).size;
  console.table({
    known: { asked: times.known.length, "median ms": medians.known.toFixed(1), "different answers": seen.known.size },
    unknown: {
      asked: times.unknown.length,
      "median ms": medians.unknown.toFixed(1),
      "different answers": seen.unknown.size,
    },
  });
  const apart = Math.abs(medians.known - medians.unknown);
  const missed = [
    ...(shapes > 1 ? [`${shapes} different answers`] : []),
    ...(apart > closeness ? [`the medians are ${apart.toFixed(1)} ms apart, above ${closeness}`] : []),
  ];
  if (missed.length > 0) throw new StartError(missed.join("; "));
  return 0;
}

/** Without what differs between any two answers: nonce, request id, time and the name that was typed. */
function blotted(text: string, name: string): string {
  const nonce = /'nonce-([\w+/=-]+)'/.exec(text)?.[1];
  return text
    .replaceAll(nonce ?? "NONCE", "NONCE")
    .replaceAll(name, "NAME")
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID")
    .replace(/"date","[^"]*"/g, "DATE");
}

/** A name of the same length that nobody has. */
const nobody = (name: string) => `${name.slice(0, -2)}q0`;

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function namesOf(url: string): Promise<string[]> {
  return onDatabase(url, async (sql) => {
    const rows = await sql<{ username: string }[]>`
      select username from users where status = 'active' and length(username) > 4 order by username limit 150`;
    return rows.map(({ username }) => username);
  });
}

const forgetFailures = (url: string) =>
  onDatabase(url, async (sql) => {
    await sql`update users set failed_sign_ins = 0, locked_at = null, locked_until = null`;
    await sql`delete from throttles`;
  });

async function onDatabase<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1 });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}
