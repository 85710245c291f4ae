import { closeSync, openSync, readSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { addressOf } from "@/lib/testing/databases";

/** `ms`: how long PostgreSQL was busy with them, planning as well. `texts`: each with its time, in the order of their ends. */
export type Asked = { statements: number; ms: number; texts: string[] };

const settings = { log_line_prefix: "%d [%p] ", log_min_duration_statement: "0" };

/**
 * Lets PostgreSQL write down every statement, and returns a function that gives what one database was asked since the last call,
 * by whichever process and client. PostgreSQL is the included one, whose log is next to its folder.
 */
export async function readDatabaseLog(url: string): Promise<{ since: () => Asked; end: () => Promise<void> }> {
  const name = new URL(url).pathname.slice(1);
  const sql = postgres(addressOf(url, "postgres"), { max: 1, onnotice: () => {} });
  const apply = async (statement: (setting: string, value: string) => string) => {
    for (const [setting, value] of Object.entries(settings)) await sql.unsafe(statement(setting, value));
    await sql`select pg_reload_conf()`;
    await pause(500);
  };
  const [found] = await sql`select current_setting('data_directory') as folder, pg_backend_pid() as pid`;
  // On Linux it names the folder after the place where its own processes are (db/clusters/cluster.ts).
  const folder = String(found?.folder).replace("/proc/self/", `/proc/${found?.pid}/`);
  const file = join(dirname(realpathSync(folder)), "postgresql.log");
  await apply((setting, value) => `alter system set ${setting} = '${value}'`);
  let read = statSync(file).size;
  return {
    since() {
      const text = partOf(file, read);
      read += Buffer.byteLength(text);
      return askedIn(text, name);
    },
    async end() {
      await apply((setting) => `alter system reset ${setting}`);
      await sql.end({ timeout: 5 });
    },
  };
}

function partOf(file: string, from: number): string {
  const bytes = Buffer.alloc(statSync(file).size - from);
  const opened = openSync(file, "r");
  readSync(opened, bytes, 0, bytes.length, from);
  closeSync(opened);
  return bytes.toString();
}

/** A statement with parameters is logged up to three times: as it is parsed, bound and executed. */
function askedIn(text: string, name: string): Asked {
  const asked: Asked = { statements: 0, ms: 0, texts: [] };
  for (const entry of text.split(/\n(?!\t)/)) {
    const [, database, ms, step, statement] =
      entry.match(/^(\S+) \[\d+\] LOG: {2}duration: ([\d.]+) ms {2}(parse|bind|execute|statement)[^:]*: (.*)$/s) ?? [];
    if (database !== name || !statement) continue;
    asked.ms += Number(ms);
    if (step !== "execute" && step !== "statement") continue;
    asked.statements += 1;
    asked.texts.push(`${ms} ${statement.replaceAll(/\s+/g, " ")}`);
  }
  return asked;
}
