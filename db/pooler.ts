import postgres from "postgres";
import { idleTransactionTimeout } from "./connection";

export type Wanted = {
  /** The role under which the application runs; null where it runs as the owner. */
  role: string | null;
  /** Milliseconds after which PostgreSQL cancels a statement. */
  statementTimeout: number;
};

type Session = {
  login: string;
  role: string;
  database: string;
  started: string;
  statement_timeout: number;
  idle_in_transaction_session_timeout: number;
};

/**
 * A pooler gives each transaction another session and refuses to forward settings (PgBouncer: "unsupported startup parameter"), so PostgreSQL has to
 * know them by the role that the pooler signs in as. Returns the statements that are missing for that, ready to run; none when everything is set.
 * Null when the pooler leads to another database than the direct address. Throws the driver's error when either does not answer.
 */
export async function missingAtPooler(
  { direct, pooler }: { direct: string; pooler: string },
  { role, statementTimeout }: Wanted,
): Promise<string[] | null> {
  const [here, session] = await Promise.all([sessionAt(direct), sessionAt(pooler)]);
  if (here.database !== session.database || here.started !== session.started) return null;
  const { login } = session;
  const set = (setting: string, value: string) =>
    `alter role ${login} in database ${session.database} set ${setting} = ${value};`;
  const limit = (setting: "statement_timeout" | "idle_in_transaction_session_timeout", most: number) => {
    const isSet = session[setting] > 0 && session[setting] <= most;
    return isSet ? [] : [set(setting, `'${most}ms'`)];
  };
  return [
    ...(role === null || session.role === role ? [] : [`grant ${role} to ${login};`, set("role", role)]),
    ...limit("statement_timeout", statementTimeout),
    ...limit("idle_in_transaction_session_timeout", idleTransactionTimeout),
  ];
}

async function sessionAt(url: string): Promise<Session> {
  const sql = postgres(url, {
    max: 1,
    prepare: false,
    fetch_types: false,
    connect_timeout: 5,
    onnotice: () => undefined,
  });
  const milliseconds = (setting: string) =>
    `(select setting::int from pg_settings where name = '${setting}') as ${setting}`;
  try {
    const [row] = await sql.unsafe<[Session]>(`
      select quote_ident(session_user) as login, current_user::text as role, quote_ident(current_database()) as database,
             pg_postmaster_start_time()::text as started,
             ${milliseconds("statement_timeout")}, ${milliseconds("idle_in_transaction_session_timeout")}`);
    return row;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
