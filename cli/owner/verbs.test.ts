import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { events, sessions } from "@/db/schema";
import { openApi } from "@/lib/api/openapi";
import { endpoints } from "@/lib/api/table";
import { company } from "@/lib/testing/company";
import { asOperator, lastEvent, roleNamed, rolledBack } from "@/lib/testing/database";
import { takeForOwn } from "@/lib/testing/process-database";
import { capturedTerminal } from "../program/captured-terminal";
import { type ApiDocument, type Field, type Verb, verbsOf } from "../program/document";
import { generalOptions, optionsOf } from "../program/options";
import { runProgram } from "../program/run";
import type { Source } from "../program/source";
import { ownerAsk } from "./ask";
import { ownersEndpoints } from "./endpoints";

const described = (list = ownersEndpoints) => JSON.parse(JSON.stringify(openApi(list))) as ApiDocument;
const document = described();
const verbs = verbsOf(document);
const nameOf = ({ noun, verb }: Verb) => `${noun} ${verb}`;

const named = verbs.map((verb): [string, Verb] => [nameOf(verb), verb]);

const folder = mkdtempSync(join(tmpdir(), "gatehouse-verbs-"));
const env = { XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder };

/** Calls as the server's owner within a transaction. */
function ownerOn(tx: Tx) {
  takeForOwn(tx);
  const source: Source = {
    ...{ name: "test", keys: false, owner: "The owner." },
    document: async () => document,
    open: async () => ownerAsk(asOperator(tx)),
  };
  return async (argv: string[], more: Parameters<typeof capturedTerminal> = []) => {
    const terminal = capturedTerminal({ env, ...more[0] }, more[1]);
    const code = await runProgram(argv, terminal, source);
    return { code, out: terminal.out.join("\n"), err: terminal.err.join("\n") };
  };
}

describe("names (P6)", () => {
  test("every address of the interface has one verb, and no two verbs have one name", () => {
    expect(verbs).toHaveLength(ownersEndpoints.length);
    expect(verbsOf(described([...endpoints]))).toHaveLength(endpoints.length);
    const names = [...new Set([...verbs.map(nameOf), "me get"])];
    expect(names).toHaveLength(ownersEndpoints.length + 1);
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)* [a-z]+(-[a-z]+)*$/);
  });

  test.each(named)("%s: every option has a name of its own, and none is one of every call", (_, verb) => {
    const names = optionsOf(verb).map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(names.filter((name) => generalOptions.some((one) => one.name === name))).toHaveLength(generalOptions.length);
    expect(verb.positionals.map(({ name }) => name)).toEqual(
      [...verb.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
    );
  });

  test("what cannot be taken back asks first", () => {
    const asking = verbs.filter(({ confirms }) => confirms).map(nameOf);
    expect(asking).toEqual(expect.arrayContaining(["user archive", "user purge", "group delete", "token revoke"]));
    expect(asking).not.toContain("user disable");
  });
});

test.each(named)("%s --help goes to standard output and ends with 0", async (_, verb) => {
  const terminal = capturedTerminal({ env });
  const source = { name: "test", keys: false, owner: "", document: async () => document } as Partial<Source> as Source;
  expect(await runProgram([verb.noun, verb.verb, "--help"], terminal, source)).toBe(0);
  expect(terminal.err).toEqual([]);
  const help = terminal.out.join("\n");
  for (const { option } of verb.positionals) expect(help).toContain(`<${option}>`);
  for (const { name } of optionsOf(verb)) expect(help).toContain(`--${name}`);
  expect(help).toContain(verb.summary);
});

/** Things of a company by the noun with their id in its path, or by the field that names them. */
async function world(tx: Tx) {
  const people = await company(tx);
  const call = ownerOn(tx);
  const made = async (argv: string[]) => {
    const { code, out, err } = await call([...argv, "--json"]);
    expect([argv, code, err]).toEqual([argv, 0, ""]);
    return JSON.parse(out);
  };
  const group = await made(["group", "create", "--name", "Testers"]);
  await made(["group", "add-member", group.id, "--user-id", people.sam.id]);
  const client = await made(["client", "generate", people.eve.id, "--name", "rig"]);
  const token = await made([
    "token",
    "issue",
    people.eve.id,
    "--name",
    "ci",
    "--operations",
    "session.read",
    "--days",
    "7",
  ]);
  const role = await made(["role", "create", "--kind", "additional", "--name", "Reader"]);
  const sessionId = newId();
  const endsAt = new Date(Date.now() + 60 * 60_000);
  await tx
    .insert(sessions)
    .values({ id: sessionId, userId: people.eve.id, address: "10.0.0.1", agent: "test", endsAt });
  const ids: Record<string, string> = {
    users: people.eve.id,
    groups: group.id,
    clients: client.clientId,
    tokens: token.id,
    roles: role.id,
    sessions: sessionId,
    tokenId: client.tokenId,
    primaryRoleId: (await roleNamed(tx, "Quality Engineer")).id,
    kind: "additional",
    operations: "session.read",
  };
  return { call, ids, ...people };
}

function sampleOf({ name, kind, option }: Field, ids: Record<string, string>, path: string): string {
  if (kind.choices.length > 0) return ids[name] ?? kind.choices[0] ?? "";
  if (kind.type === "json") return "[]";
  if (kind.type !== "text") return "1";
  if (kind.format === "date-time") return "2099-01-01T00:00:00Z";
  if (kind.format !== "uuid") return name === "email" ? "new@example.com" : (ids[name] ?? `new-${option}`);
  const [, noun = ""] = new RegExp(`/([a-z-]+)/\\{${name}\\}`).exec(path) ?? [];
  return ids[name] ?? ids[noun] ?? ids[name.replace(/Ids?$/, "s")] ?? ids.users ?? "";
}

test("every verb builds a call that the interface takes, and a dry run of it keeps nothing (P4, P6)", () =>
  rolledBack(async (tx) => {
    const { call, ids } = await world(tx);
    const counted = async () => tx.$count(events, eq(events.outcome, "succeeded"));
    const before = await counted();
    const told: [string, number][] = [];
    for (const verb of verbs) {
      const wanted = verb.options.filter(({ required }) => required);
      const argv = [
        ...[verb.noun, verb.verb, ...verb.positionals.map((one) => sampleOf(one, ids, verb.path))],
        ...wanted.flatMap((one) => [`--${one.option}`, sampleOf(one, ids, verb.path)]),
        ...(verb.dryRun ? ["--dry-run"] : []),
      ];
      const { code, out, err } = await call(argv);
      told.push([nameOf(verb), code]);
      expect([nameOf(verb), err]).not.toEqual([
        nameOf(verb),
        expect.stringMatching(/not known|is missing|no endpoint at this/),
      ]);
      expect([nameOf(verb), [0, 1, 3, 4, 5].includes(code)]).toEqual([nameOf(verb), true]);
      if (code === 0 && verb.dryRun) expect(out).toMatch(/ would /);
    }
    expect(told.filter(([, code]) => code === 0).length).toBeGreaterThan(35);
    expect(await counted()).toBe(before);
  }));

describe("what a call does as the server's owner", () => {
  test("it is done by the same commands, and the log names the owner (L1)", () =>
    rolledBack(async (tx) => {
      const { call, eve } = await world(tx);
      const { code, out } = await call([
        "user",
        "disable",
        eve.id,
        "--reason",
        "On leave",
        "--until",
        "2099-01-01T00:00:00Z",
      ]);
      expect([code, out]).toEqual([0, expect.stringContaining(`id: ${eve.id}`)]);
      expect(await lastEvent(tx)).toMatchObject({
        operation: "user.disable",
        actorKind: "operator",
        outcome: "succeeded",
      });
      expect((await call(["user", "get", eve.id])).out).toMatch(/^status: disabled$/m);
      expect((await call(["user", "update", eve.id, "--no-manager-id"])).code).toBe(0);
      expect(JSON.parse((await call(["user", "get", eve.id, "--json"])).out)).toMatchObject({ manager: null });
    }));

  test("a dry run says in sentences what would change, and who would gain or lose what", () =>
    rolledBack(async (tx) => {
      const { call, eve, ids } = await world(tx);
      const renamed = await call(["user", "update", eve.id, "--last-name", "Baker", "--dry-run"]);
      expect(renamed.out).toBe('lastName would change from "Engineer" to "Baker".\nNobody would gain or lose access.');
      const same = await call(["user", "update", eve.id, "--dry-run"]);
      expect([same.code, same.out]).toEqual([0, "Nothing would change."]);
      await call(["role", "update", ids.roles ?? "", "--operations", '[{"operation":"group.read","scope":"all"}]']);
      const given = ["--roles", `[{"roleId":"${ids.roles}"}]`];
      const gained = await call(["group", "update-roles", ids.groups ?? "", ...given, "--dry-run"]);
      expect(gained.out).toContain("Sam Person would gain group.read (all).");
    }));

  test("what cannot be taken back asks, and without anybody to ask needs --yes", () =>
    rolledBack(async (tx) => {
      const { call, ids } = await world(tx);
      const argv = ["group", "delete", ids.groups ?? ""];
      const unasked = await call(argv);
      expect([unasked.code, unasked.err]).toEqual([
        2,
        expect.stringContaining("add --yes, because there is no terminal to ask for confirmation"),
      ]);
      const declined = await call(argv, [{}, "n"]);
      expect([declined.code, declined.err]).toEqual([1, `Delete a group ${ids.groups}? [y/N] \nNothing was done.`]);
      expect((await call([...argv, "--dry-run"])).code).toBe(0);
      expect((await call(argv, [{}, "y"])).code).toBe(0);
      expect((await call([...argv, "--yes"])).code).toBe(4);
    }));

  test("refusals have codes of their own, and say which field is wrong", () =>
    rolledBack(async (tx) => {
      const { call, ids, eve } = await world(tx);
      const wrong = await call(["user", "get", "eve"]);
      expect(wrong).toEqual({
        code: 1,
        out: "",
        err: "Invalid request: Check the fields below.\n  /id: This is not an id.",
      });
      expect((await call(["user", "get", crypto.randomUUID()])).code).toBe(4);
      expect((await call(["user", "unlock", eve.id])).code).toBe(0);
      expect((await call(["user", "purge", eve.id, "--username", "eve", "--yes"])).code).toBe(5);
      const version = ["group", "update", ids.groups ?? "", "--name", "Others", "--if-match"];
      expect((await call([...version, "99"])).code).toBe(5);
      expect((await call([...version, "1"])).code).toBe(0);
      const json = await call(["user", "get", "eve", "--json"]);
      expect(JSON.parse(json.err)).toMatchObject({ status: 400, errors: [{ pointer: "/id" }] });
    }));

  test("a list continues by --after, or is all of it with --all", () =>
    rolledBack(async (tx) => {
      const { call } = await world(tx);
      const first = await call(["user", "list", "--limit", "2", "--sort", "-username", "--columns", "username,status"]);
      expect(first.out).toBe("username  status\nsam       active\nquinn     active");
      const next = /^2 of 5\. Next page: --after (\S+)$/.exec(first.err)?.[1] ?? "";
      const second = await call(["user", "list", "--limit", "2", "--sort=-username", "--after", next, "--json"]);
      expect(JSON.parse(second.out).items.map((one: { username: string }) => one.username)).toEqual(["lee", "eve"]);
      const all = await call(["user", "list", "--all", "--limit", "2", "--json"]);
      const lines = all.out.split("\n").map((line) => JSON.parse(line).username);
      expect(lines.toSorted()).toEqual(["ada", "eve", "lee", "quinn", "sam"]);
      const table = await call(["user", "list", "--all", "--limit", "2", "--columns", "username"]);
      expect([table.out.split("\n").length, table.err]).toEqual([6, ""]);
      const filtered = await call(["user", "list", "--status", "disabled", "--status", "locked"]);
      expect([filtered.code, filtered.out, filtered.err]).toEqual([0, "", "0 of 0."]);
    }));

  test("an administrator is made with a password of the environment, of the input, or one that is shown once", () =>
    rolledBack(async (tx) => {
      const call = ownerOn(tx);
      const who = (name: string) => [
        "--username",
        name,
        "--email",
        `${name}@northwind.example`,
        "--first-name",
        "Olga",
      ];
      const made = await call(["user", "create-admin", ...who("olga"), "--json"]);
      expect(JSON.parse(made.out)).toMatchObject({ username: "olga", password: expect.stringMatching(/^.{24}$/) });
      const input = { readInput: async () => "correct horse battery gatehouse\n" };
      const given = await call(["user", "create-admin", ...who("oleg"), "--password-stdin", "--json"], [input]);
      expect([given.code, Object.keys(JSON.parse(given.out)).toSorted()]).toEqual([0, ["id", "username"]]);
      const weak = await call(
        ["user", "create-admin", ...who("olya"), "--password-stdin"],
        [{ readInput: async () => "short" }],
      );
      expect([weak.code, weak.err]).toEqual([1, expect.stringMatching(/\/password: /)]);
      expect(weak.err).not.toContain("short\n");
    }));
});
