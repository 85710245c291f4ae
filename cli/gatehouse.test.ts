import { readFileSync } from "node:fs";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Db } from "@/db/client";
import { events, links, users } from "@/db/schema";
import { openApi } from "@/lib/api/openapi";
import { company } from "@/lib/testing/company";
import { makeUser, roleNamed } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { startProgramServer } from "@/lib/testing/program-server";
import { tokenOf } from "@/lib/testing/programs";
import { flushUses } from "@/lib/tokens/last-use";
import { newMachine } from "./called-process";
import { type ApiDocument, verbsOf } from "./program/document";
import { projectRoot } from "./settings";

/** A machine with a checkout, whose database this is. */
function ownersMachine(url: string) {
  const machine = newMachine();
  const env = { DATABASE_URL: url, GATEHOUSE_DATA_DIR: machine.home };
  return {
    ...machine,
    env,
    owner: (argv: string[], more: Record<string, string> = {}) => machine.owner(argv, { ...env, ...more }),
  };
}

/** Each call is a process that reads all of the product. */
const patient = { timeout: 120_000 };

test("the server's owner works on the database, and a token that they issue at a server (P6)", patient, () =>
  withFreshDatabase("owner", async (db, url) => {
    const { owner, gatehouse } = ownersMachine(url);
    const password = "correct horse battery gatehouse";
    const who = ["--username", "olga", "--email", "olga@northwind.example", "--first-name", "Olga"];
    const made = await owner(["user", "create-admin", ...who, "--json"], { GATEHOUSE_PASSWORD: password });
    expect(made).toEqual({ code: 0, out: expect.stringMatching(/^\{"id":"[^"]+","username":"olga"\}\n$/), err: "" });
    const { id } = JSON.parse(made.out) as { id: string };
    expect(await db.select().from(events).where(eq(events.operation, "user.create"))).toMatchObject([
      { actorKind: "operator", personId: id, outcome: "succeeded" },
    ]);

    const issue = ["token", "issue", id, "--name", "nightly", "--operations", "user.read", "--days", "30"];
    const issued = await owner([...issue, "--json"]);
    const { token } = JSON.parse(issued.out) as { token: string };
    const server = await startProgramServer(db);
    const remote = { GATEHOUSE_TOKEN: token, GATEHOUSE_SERVER: server };
    const listed = await gatehouse(["user", "list", "--columns", "username"], remote);
    expect(listed).toMatchObject({ code: 0, out: "username\nolga\n" });
    const refused = await gatehouse(["user", "disable", id, "--reason", "x"], remote);
    expect(refused).toMatchObject({ code: 3, err: expect.stringMatching(/^Forbidden: /) });
    const same = await owner(["user", "list", "--columns", "username"], remote);
    expect(same).toEqual(listed);

    const here = new URL(url);
    const whoHere = `The server's owner, on the database at ${here.host}${here.pathname}.\n`;
    expect(await owner(["whoami"])).toEqual({ code: 0, out: whoHere, err: "" });
    const shown = await owner(["user", "get", crypto.randomUUID()]);
    expect(shown).toMatchObject({ code: 4, out: "", err: expect.stringMatching(/^Not found: /) });
    await flushUses();
  }),
);

test("help and wrong calls need no database, and a wrong configuration is reported in words", patient, async () => {
  const { owner } = newMachine();
  const nowhere = { DATABASE_URL: "postgres://127.0.0.1:1/none" };
  for (const argv of [["--help"], ["user", "create-admin", "--help"], ["login", "-h"]])
    expect([argv, await owner(argv, nowhere)]).toEqual([
      argv,
      { code: 0, out: expect.stringMatching(/^gatehouse /), err: "" },
    ]);
  expect(await owner(["user", "crate"], nowhere)).toMatchObject({ code: 2, out: "" });
  expect(await owner(["user", "list"], { DATABASE_URL: "mysql://127.0.0.1/none" })).toEqual({
    ...{ code: 6, out: "", err: expect.stringContaining("DATABASE_URL must be an address like postgres://") },
  });
});

const page = readFileSync("docs/command-line.md", "utf8");
const blocks = (language: string) =>
  [...page.matchAll(/^```(\w*)\n(.*?)^```/gms)].flatMap(([, of, text]) => (of === language ? [text ?? ""] : []));

async function examplesWorld(db: Db) {
  const people = await company(db);
  const token = await tokenOf(db, people.ada);
  const server = await startProgramServer(db);
  const user = await makeUser(db, { username: "nora", firstName: "Nora", managerId: people.lee.id });
  const invited = await makeUser(db, { username: "ivy", status: "invited" });
  const forgetful = await makeUser(db, { username: "fred" });
  const link = { purpose: "password_reset" as const, userId: forgetful.id, hash: "of a link" };
  await db.insert(links).values({ ...link, expiresAt: new Date(Date.now() + 3_600_000) });
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${server}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    expect([path, answer.ok]).toEqual([path, true]);
    return answer.json();
  };
  const group = await ask("POST", "/groups", { name: "Testers" });
  const additional = await ask("POST", "/roles", { kind: "additional", name: "Guest" });
  // Of somebody who stays: archiving a person deregisters their clients.
  const client = await ask("POST", `/users/${people.eve.id}/clients`, { name: "rig" });
  const account = await ask("POST", "/service-accounts", { name: "Nightly", ownerId: people.lee.id });
  await tokenOf(db, user);
  const tokens = await ask("GET", `/users/${user.id}/tokens`);
  return {
    GATEHOUSE_SERVER: server,
    GATEHOUSE_TOKEN: token,
    ...{ user: user.id, invited: invited.id, manager: people.lee.id, group: group.id, additional: additional.id },
    ...{ role: (await roleNamed(db, "Quality Engineer")).id, client: client.clientId, token: tokens.items[0].id },
    ...{ account: account.id, forgetful: forgetful.id },
  } as Record<string, string>;
}

test("every example of docs/command-line.md does what it says, and every noun has one", patient, () =>
  withFreshDatabase("examples", async (db) => {
    const examples = blocks("sh").join("");
    const lines = examples.trim().split("\n");
    const nouns = verbsOf(JSON.parse(JSON.stringify(openApi())) as ApiDocument).map(({ noun }) => noun);
    expect(nouns.filter((noun) => !lines.some((line) => line.startsWith(`gatehouse ${noun} `)))).toEqual([]);
    const world = await examplesWorld(db);
    const { run } = newMachine();
    const told = await run(
      "bash",
      ["-c", `set -e\n${lines.map((line) => `echo '# ${line.replaceAll("'", "")}'\n${line}`).join("\n")}`],
      world,
    );
    expect([told.code, told.out.split("\n# ").at(-1), told.err]).toEqual([0, expect.any(String), expect.any(String)]);
    expect(told.out.match(/^# /gm)).toHaveLength(lines.length);
    await flushUses();
  }),
);

test("so does every one for the server's owner", patient, () =>
  withFreshDatabase("owners_examples", async (db, url) => {
    const { user } = await examplesWorld(db);
    const { run, env } = ownersMachine(url);
    const npm = `npm() { shift 4; '${process.execPath}' --import tsx cli/gatehouse.ts "$@"; }`;
    const script = `set -e\n${npm}\n${blocks("bash").join("")}`;
    const told = await run("bash", ["-c", script], { ...env, user: user ?? "" }, projectRoot);
    expect([told.code, told.err]).toEqual([0, ""]);
    expect(told.out).toMatch(/^id: \S+\nusername: oleg\npassword: \S{24}\n/);
    expect(told.out).toContain("token: gh_pat_");
    expect(told.out).toContain("message: Every way to sign in is already allowed.");
    expect(await db.$count(users, eq(users.username, "oleg"))).toBe(1);
    await flushUses();
  }),
);
