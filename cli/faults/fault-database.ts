import postgres from "postgres";
import { embeddedUrl } from "@/db/embedded";
import { newToken } from "@/lib/platform/token";

export type Sql = postgres.Sql;

/** Asks the included database of a server, past the server. */
export async function withSql<T>(dataDir: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(embeddedUrl(dataDir), { max: 1, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** A token of the administrator's that carries these operations. */
export async function storeToken(sql: Sql, operations: string[]): Promise<string> {
  const { text, hash, prefix, lastFour } = newToken("gh_pat");
  const name = operations.join();
  await sql`insert into access_tokens (id, user_id, name, name_key, hash, prefix, last_four, operations, created_by)
    select gen_random_uuid(), id, ${name}, ${name}, ${hash}, ${prefix}, ${lastFour}, ${operations}, id
      from users where username = 'ada'`;
  return text;
}
