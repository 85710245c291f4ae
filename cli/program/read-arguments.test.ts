import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openApi } from "@/lib/api/openapi";
import type { Sent } from "./ask-server";
import { capturedTerminal } from "./captured-terminal";
import type { ApiDocument } from "./document";
import { runProgram } from "./run";
import type { Source } from "./source";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-arguments-"));
const env = { XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder };
const document = JSON.parse(JSON.stringify(openApi())) as ApiDocument;
const id = "0196f0c2-0000-7000-8000-000000000001";

/** Calls, and gives what would have been sent. */
async function called(argv: string[], input = "") {
  const sent: Sent[] = [];
  const source: Source = {
    ...{ name: "test", keys: true, owner: "The owner.", document: async () => document },
    open: async () => async (request) => {
      sent.push(request);
      return {
        status: 200,
        headers: new Headers(),
        text: '{"changes":{},"access":null,"items":[],"next":null,"total":{"value":0,"exact":true}}',
      };
    },
  };
  const terminal = capturedTerminal({ env, folder, readInput: async () => input });
  const code = await runProgram(argv, terminal, source);
  return { code, err: terminal.err.join("\n"), sent: sent[0], body: sent[0]?.body ? JSON.parse(sent[0].body) : null };
}

const user = ["user", "create", "--username", "nina", "--email", "n@example.com", "--first-name", "Nina"];

test.each<[string[], string]>([
  [
    ["user", "create", "--usrname", "x"],
    '--usrname is not known. Did you mean "--username"? See gatehouse user create --help.',
  ],
  [
    ["user", "list", "--status", "asleep"],
    "--status must be one of active, disabled, invited, locked. See gatehouse user list --help.",
  ],
  [
    ["user", "list", "--status", "activ"],
    '--status must be one of active, disabled, invited, locked. Did you mean "active"? See gatehouse user list --help.',
  ],
  [["user", "list", "--limit", "many"], '--limit must be a whole number, not "many". See gatehouse user list --help.'],
  [["user", "list", "--limit", "1.5"], '--limit must be a whole number, not "1.5". See gatehouse user list --help.'],
  [
    ["user", "list", "--limit", "1", "--limit", "2"],
    "--limit is given more than once. See gatehouse user list --help.",
  ],
  [["user", "list", "--limit"], "--limit needs a value. See gatehouse user list --help."],
  [
    ["user", "list", "--limit", "--all"],
    "--limit needs a value; write one that begins with dashes as --limit=--all. See gatehouse user list --help.",
  ],
  [["user", "list", "--all=yes"], "--all takes no value. See gatehouse user list --help."],
  [
    ["user", "list", "--columns", "name,age"],
    'There is no column "age": there are id, username, email, name, status, configuration, lastSignInAt, createdAt, roles, groups, clients. See gatehouse user list --help.',
  ],
  [["user", "list", "extra"], 'Unexpected argument "extra". See gatehouse user list --help.'],
  [["user", "get"], "<id> is missing. See gatehouse user get --help."],
  [["user", "get", ""], "<id> is empty. See gatehouse user get --help."],
  [["user", "disable", id], "--reason is missing. See gatehouse user disable --help."],
  [user, "--primary-role-id is missing. See gatehouse user create --help."],
  [
    [...user, "--password", "hunter2"],
    "--password would be visible to other users of this machine: use --password-stdin to read it from standard input. See gatehouse user create --help.",
  ],
  [
    [...user, "--primary-role-id", id, "--password-stdin"],
    "--password-stdin was given, but standard input is empty. See gatehouse user create --help.",
  ],
  [
    ["role", "create", "--kind", "additional", "--name", "x", "--operations", "{secret"],
    "--operations is not JSON (at position 1). See gatehouse role create --help.",
  ],
  [
    ["role", "create", "--data", '{"kind":'],
    "--data is not JSON (it ends too early). See gatehouse role create --help.",
  ],
  [["role", "create", "--data", "[]"], "--data is not a JSON object. See gatehouse role create --help."],
  [
    ["role", "create", "--data", "@nowhere.json"],
    "nowhere.json cannot be read (ENOENT). See gatehouse role create --help.",
  ],
  [["usr", "list"], 'There is no noun "usr". Did you mean "user"? See gatehouse --help.'],
  [["user", "crate"], 'There is no "user crate". Did you mean "create"? See gatehouse user --help.'],
  [["session"], "Choose a verb: gatehouse session end|end-all|list. See gatehouse session --help."],
  [[], "Give a noun and a verb, such as gatehouse user list. See gatehouse --help."],
  [
    ["login", "--token", "gh_pat_x"],
    "A token would be visible to other users of this machine: pass it in GATEHOUSE_TOKEN or on standard input. See gatehouse login --help.",
  ],
  [["login"], "--server is missing. See gatehouse login --help."],
  [
    ["login", "--server", "http://gatehouse.example.com"],
    "Tokens are sent over https only, except to this machine: use https://gatehouse.example.com. See gatehouse --help.",
  ],
  [
    ["login", "--server", "gatehouse"],
    '"gatehouse" is not a server address such as https://gatehouse.example.com. See gatehouse --help.',
  ],
  [["whoami", "--all"], "--all is not known. See gatehouse whoami --help."],
  [["completion", "fish"], "Name a shell: bash or zsh. See gatehouse completion --help."],
])("%j is answered by one sentence, and by 2", async (argv, sentence) => {
  const { code, err, sent } = await called(argv);
  expect([err, code, sent]).toEqual([sentence, 2, undefined]);
});

test("options become a body of the right types, and what is left out is not sent", async () => {
  const made = await called([
    ...user,
    "--primary-role-id",
    id,
    "--group-ids",
    id,
    "--group-ids",
    id,
    "--no-manager-id",
    "--no-must-change-password",
    "--notify",
  ]);
  expect(made.sent).toMatchObject({ method: "POST", path: "/users", query: [] });
  expect(made.sent?.headers).toMatchObject({
    "content-type": "application/json",
    "idempotency-key": expect.any(String),
  });
  expect(made.body).toEqual({
    ...{ username: "nina", email: "n@example.com", firstName: "Nina", primaryRoleId: id },
    ...{ groupIds: [id, id], managerId: null, mustChangePassword: false, notify: true },
  });
  const role = await called([
    "role",
    "create",
    "--kind",
    "primary",
    "--name=-x",
    "--rank",
    "7",
    "--operations",
    '[{"operation":"user.read","scope":"all"}]',
  ]);
  expect(role.body).toEqual({
    kind: "primary",
    name: "-x",
    rank: 7,
    operations: [{ operation: "user.read", scope: "all" }],
  });
  expect((await called(["user", "restore", id, "--no-hand-back"])).body).toEqual({ handBack: [] });
  expect((await called(["user", "enable", id])).sent?.body).toBeNull();
});

test("--data is the body, from where it says, and options of its own come on top", async () => {
  writeFileSync(join(folder, "role.json"), '{"kind":"additional","name":"x"}');
  expect((await called(["role", "create", "--data", "@role.json", "--name", "y"])).body).toEqual({
    kind: "additional",
    name: "y",
  });
  expect((await called(["role", "create", "--data", "-"], '{"name":"z"}')).body).toEqual({ name: "z" });
  // As it came, so that the server sees what occurs twice.
  expect((await called(["role", "create", "--data", '{"name":"a","name":"b"}'])).sent?.body).toBe(
    '{"name":"a","name":"b"}',
  );
  expect((await called([...user, "--primary-role-id", id, "--password-stdin"], "a password\n")).body.password).toBe(
    "a password",
  );
});

test("places, filters and versions go where they belong", async () => {
  const listed = await called([
    "user",
    "list",
    "--sort",
    "-username",
    "--status",
    "active",
    "--status",
    "locked",
    "--dormant",
    "never",
    "--dormant",
    "30",
  ]);
  expect(listed.sent).toMatchObject({ method: "GET", path: "/users", headers: {} });
  expect(listed.sent?.query).toEqual([
    ["sort", "-username"],
    ["status", "active"],
    ["status", "locked"],
    ["dormant", "never"],
    ["dormant", "30"],
  ]);
  expect((await called(["user", "get", "a/../b?c"])).sent?.path).toBe("/users/a%2F..%2Fb%3Fc");
  const updated = await called(["--json", "group", "update", id, "--if-match", "7", "--name", "x", "--dry-run"]);
  expect(updated.sent).toMatchObject({ method: "PATCH", query: [["dryRun", "true"]], headers: { "if-match": '"7"' } });
  expect(
    Object.keys((await called(["user", "disable", id, "--reason", "x", "--dry-run"])).sent?.headers ?? {}),
  ).toEqual(["content-type"]);
});
