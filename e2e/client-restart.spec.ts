import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { startDemoServer } from "@/cli/demo-server";
import { embeddedUrl, freePort } from "@/db/embedded";
import { newKey, signAssertion, tokenForm } from "@/lib/testing/assertions";
import { ClientProcess, makeClient, registerClient } from "./reference-client";
import type { withDatabase } from "./sign-in-as";

const dataDir = join(import.meta.dirname, "../.test/e2e-restart");

/** Does something on the database of that server, while it runs. */
const onDatabase: typeof withDatabase = async (work) => {
  const sql = postgres(embeddedUrl(dataDir), { max: 1, prepare: false, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
};

const personCalled = (username: string) =>
  onDatabase(async (sql) => (await sql<{ id: string }[]>`select id from users where username = ${username}`)[0]!);

test("a server that stops has written the heartbeats that it answered, and clients come back by themselves", async () => {
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const port = String(await freePort());
  const server = `http://localhost:${port}`;
  const start = () => startDemoServer({ dataDir, port, databaseUrl: "", logFile: `${dataDir}.log` });
  let stop = await start();
  try {
    const eve = await personCalled("eve");
    const home = await registerClient(server, await makeClient(eve, "restart-rig", onDatabase));
    const running = new ClientProcess("run", home);
    await expect.poll(() => running.said, { timeout: 30_000 }).toContain("Online at");

    const key = await newKey();
    const own = await makeClient(eve, "own-rig", onDatabase);
    const post = (path: string, body: RequestInit["body"], headers: Record<string, string> = {}) =>
      fetch(`${server}${path}`, { method: "POST", body, headers: { connection: "close", ...headers } });
    const json = { "content-type": "application/json" };
    const asked = { token: own.token, publicKey: key.publicKey, version: "1", platform: "Any" };
    expect((await post("/api/v1/clients/register", JSON.stringify(asked), json)).status).toBe(201);
    const form = tokenForm(await signAssertion(key, own.id, { claims: { aud: server } }));
    const { access_token: token } = await (await post("/oauth/token", new URLSearchParams(form))).json();
    const beat = JSON.stringify({ version: "2-before-the-stop", platform: "Any" });
    const answer = await post("/api/v1/clients/heartbeat", beat, { ...json, authorization: `Bearer ${token}` });
    expect(answer.status).toBe(200);

    await stop();
    running.wake();
    await expect.poll(() => running.said, { timeout: 30_000 }).toContain("did not answer: ECONNREFUSED. Trying again.");
    stop = await start();
    const [stored] = await onDatabase((sql) => sql`select version from clients where id = ${own.id}`);
    expect(stored).toEqual({ version: "2-before-the-stop" });
    await expect
      .poll(() => running.said.trimEnd().split("\n").at(-1), { timeout: 90_000 })
      .toContain(`Online at ${server} as restart-rig.`);
    expect((await running.stop()).code).toBe(0);
  } finally {
    await stop();
  }
});
