import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { applicationRole, grantApplicationRole } from "@/db/application-role";
import { createDb } from "@/db/client";
import { missingAtPooler } from "@/db/pooler";
import { testUrl } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";

const login = `pooled_${process.pid}`;
const wanted = { role: applicationRole, statementTimeout: 5_000 };

/** The address at which a pooler would sign in as its own role. */
function poolerTo(direct: string): string {
  const address = new URL(direct);
  address.username = login;
  address.password = "pooled";
  return address.href;
}

test("a pooler's role that lacks the settings of a session is reported with statements that add them", async () => {
  await withFreshDatabase("pooler", async (owner, direct) => {
    await grantApplicationRole(direct);
    await owner.execute(sql.raw(`create role ${login} login password 'pooled'`));
    try {
      const addresses = { direct, pooler: poolerTo(direct) };
      const missing = (await missingAtPooler(addresses, wanted)) ?? [];
      expect(missing.map((statement) => statement.replace(/ in database \S+/, ""))).toEqual([
        `grant gatehouse_app to ${login};`,
        `alter role ${login} set role = gatehouse_app;`,
        `alter role ${login} set statement_timeout = '5000ms';`,
        `alter role ${login} set idle_in_transaction_session_timeout = '15000ms';`,
      ]);
      for (const statement of missing) await owner.execute(sql.raw(statement));
      expect(await missingAtPooler(addresses, wanted)).toEqual([]);

      const pooled = createDb(addresses.pooler, { max: 1, pooled: true, prepares: false });
      const [session] = await pooled.execute(sql`
        select current_user::text as role, current_setting('statement_timeout') as statement,
               current_setting('idle_in_transaction_session_timeout') as idle, current_setting('TimeZone') as zone`);
      expect(session).toEqual({ role: applicationRole, statement: "5s", idle: "15s", zone: "UTC" });
      const refused = await pooled.execute(sql`delete from events`).catch((error: unknown) => error);
      expect((refused as Error).cause).toMatchObject({ code: "42501" });
      await pooled.$client.end();
    } finally {
      await owner.execute(sql.raw(`revoke ${applicationRole} from ${login}`)).catch(() => undefined);
      await owner.execute(sql.raw(`drop role ${login}`));
    }
  });
});

test("a pooler that leads to another database is recognized", async () => {
  await withFreshDatabase("pooler_other", async (_db, direct) => {
    expect(await missingAtPooler({ direct, pooler: testUrl() }, wanted)).toBeNull();
  });
});

test.each([
  [true, []],
  [false, ["idle_in_transaction_session_timeout", "role", "statement_timeout"]],
])("with pooled %s a connection begins with the settings %j", async (pooled, expected) => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : 0;
  const db = createDb(`postgres://someone@127.0.0.1:${port}/any`, { max: 1, pooled, role: "other", patience: 200 });
  const asked = db.execute(sql`select 1`).catch(() => undefined);
  const [socket] = (await once(server, "connection")) as [Socket];
  const [startup] = (await once(socket, "data")) as [Buffer];
  // Four bytes of length, four of the version, then names and values that each end with a zero (PostgreSQL's protocol 3, StartupMessage).
  const words = startup.subarray(8).toString("utf8").split("\0");
  const names = words.filter((word, place) => place % 2 === 0 && word);
  const forwarded = ["user", "database", "client_encoding", "application_name", "TimeZone"];
  expect(names.filter((name) => !forwarded.includes(name)).toSorted()).toEqual(expected);
  socket.destroy();
  server.close();
  await asked;
  await db.$client.end();
});
