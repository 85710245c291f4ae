import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { capturedTerminal } from "./captured-terminal";
import { runProgram } from "./run";

const sequence = "\u001b]0;owned\u0007\u009b31m";
const command = (verb: string) => ({
  summary: `Do ${sequence}`,
  description: `More ${sequence}`,
  "x-gatehouse-command": { noun: "user", verb, confirms: verb === "drop" },
});
const described = {
  paths: {
    "/users": { get: command("list"), post: command("$(id)") },
    "/users/{id}/clients/{clientId}": {
      parameters: ["id", "clientId"].map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
      delete: command("drop"),
    },
  },
};
const asked: string[] = [];
const answers: Record<string, string> = { "/api/v1/openapi.json": JSON.stringify(described) };
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  response.end(answers[request.url ?? ""] ?? "{}");
});
const env: Record<string, string> = { GATEHOUSE_TOKEN: "none" };

beforeAll(async () => {
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  env.HOME = mkdtempSync(join(tmpdir(), "hostile-"));
  env.GATEHOUSE_SERVER = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

async function call(words: string[], answer: string | null = null) {
  const terminal = capturedTerminal({ env }, answer);
  const code = await runProgram(words, terminal, null);
  return { code, out: terminal.out.join("\n"), err: terminal.err.join("\n") };
}

const raw = /(?!\n)\p{Cc}/u;

test("nothing that a server describes moves the cursor: help, mistakes, questions", async () => {
  for (const words of [["--help"], ["user", "--help"], ["user", "list", "--help"], ["user", "lis"]]) {
    const { out, err } = await call(words);
    expect(out + err, words.join(" ")).not.toMatch(raw);
  }
  expect((await call(["user", "drop", "1", "2"], "n")).err).not.toMatch(raw);
});

test("with --json an answer is JSON of the same meaning without control characters, or none at all", async () => {
  answers["/api/v1/users"] = '{"name":"a\u009b31m\u202e"}';
  const { out } = await call(["user", "list", "--json"]);
  expect(out).not.toMatch(raw);
  expect(JSON.parse(out)).toEqual({ name: "a\u009b31m\u202e" });
  answers["/api/v1/users"] = sequence;
  expect(await call(["user", "list", "--json"])).toMatchObject({ code: 6, out: "" });
});

test("an id that would lead to another address is refused, and nothing is sent", async () => {
  for (const id of [".", ".."]) {
    asked.length = 0;
    expect(await call(["user", "drop", "1", id, "--yes"])).toMatchObject({ code: 2 });
    expect(asked.filter((one) => one.startsWith("DELETE"))).toEqual([]);
  }
});

test("completion offers no word that a shell would run", async () => {
  await call(["--help"]);
  expect((await call(["__complete", "2", "gatehouse", "user", ""])).out.split("\n")).toEqual(["drop", "list"]);
});

test("a profile or a shell that is named like a part of every object is not there", async () => {
  expect(await call(["whoami", "--profile", "constructor"])).toMatchObject({ code: 3 });
  expect(await call(["logout", "--profile", "constructor"])).toMatchObject({ code: 4 });
  expect(await call(["completion", "constructor"])).toMatchObject({ code: 2 });
});
