import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { largestAnswer } from "./bounds";
import { capturedTerminal } from "./captured-terminal";
import { type ApiDocument, verbsOf } from "./document";
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
afterAll(() => {
  server.close();
  rmSync(env.HOME ?? "", { recursive: true });
});

async function call(words: string[], answer: string | null = null, home = env.HOME) {
  const terminal = capturedTerminal({ env: { ...env, HOME: home } }, answer);
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

const parameter = (schema: unknown) => ({ parameters: [{ name: "q", in: "query", schema }] });
const listing = { "x-gatehouse-command": { noun: "user", verb: "list" } };
const itself = {
  properties: { a: { $ref: "#/components/schemas/tree" } },
  anyOf: [{ $ref: "#/components/schemas/tree" }],
};

test.each([
  ["null for an operation", { "/users": { get: null } }, "GET /users is not well-formed OpenAPI: it is not an object"],
  ["null for a path", { "/users": null }, "/users is not well-formed OpenAPI: it is not an object"],
  [
    "a reference to itself",
    { "/users": { get: { ...listing, ...parameter({ $ref: "#/components/schemas/loop" }) } } },
    "#/components/schemas/loop refers to itself",
  ],
  ["parameters that are no list", { "/users": { get: { ...listing, parameters: 5 } } }, "wrong type"],
  ["a noun that is no text", { "/users": { get: { "x-gatehouse-command": { noun: 5, verb: "list" } } } }, "wrong type"],
])("a description with %s is refused in a sentence, and is not kept", async (_, paths, sentence) => {
  const home = mkdtempSync(join(tmpdir(), "hostile-"));
  const sound = answers["/api/v1/openapi.json"] ?? "";
  const loop = { $ref: "#/components/schemas/loop" };
  answers["/api/v1/openapi.json"] = JSON.stringify({ paths, components: { schemas: { loop, tree: itself } } });
  try {
    for (const words of [
      ["user", "list"],
      ["user", "list", "--help"],
    ]) {
      const { code, out, err } = await call(words, null, home);
      expect([code, out, err]).toEqual([6, "", expect.stringContaining(sentence)]);
    }
    answers["/api/v1/openapi.json"] = sound;
    expect(await call(["user", "list", "--help"], null, home)).toMatchObject({ code: 0 });
  } finally {
    answers["/api/v1/openapi.json"] = sound;
    rmSync(home, { recursive: true });
  }
});

test("a schema that has itself among its parts, or the same part many times over, is read at once", () => {
  const many = Object.fromEntries(
    Array.from({ length: 60 }, (_, at) => [
      `s${at}`,
      { anyOf: [`s${at + 1}`, `s${at + 1}`].map((name) => ({ $ref: `#/components/schemas/${name}` })) },
    ]),
  );
  for (const name of ["tree", "s0"]) {
    const schema = { $ref: `#/components/schemas/${name}` };
    const paths = { "/users": { get: { ...listing, ...parameter(schema) } } };
    const document = { paths, components: { schemas: { ...many, tree: itself } } };
    expect(verbsOf(document as unknown as ApiDocument)).toHaveLength(1);
  }
});

test("an answer without an end, one that is no page, and a list that goes round are given up", async () => {
  const page = (next: unknown) => JSON.stringify({ items: [], next, total: { value: 0, exact: true } });
  const home = mkdtempSync(join(tmpdir(), "hostile-"));
  const sound = answers["/api/v1/openapi.json"] ?? "";
  const items = { type: "array", items: { type: "object", properties: { id: { type: "string" } } } };
  const schema = { type: "object", properties: { items } };
  const responses = { "200": { content: { "application/json": { schema } } } };
  const after = { name: "after", in: "query", schema: { type: "string" } };
  const paths = { "/users": { get: { ...listing, parameters: [after], responses } } };
  answers["/api/v1/openapi.json"] = JSON.stringify({ paths });
  try {
    answers["/api/v1/users"] = `"${"x".repeat(largestAnswer * 1_048_576)}"`;
    const tooLarge = { code: 6, out: "", err: expect.stringContaining(`larger than ${largestAnswer} MB`) };
    expect(await call(["user", "list"], null, home)).toEqual(tooLarge);
    for (const text of ["null", "{}", '{"items":[null],"next":null,"total":{}}', page(5)]) {
      answers["/api/v1/users"] = text;
      answers["/api/v1/users?limit=200"] = text;
      for (const words of [
        ["user", "list"],
        ["user", "list", "--all"],
      ])
        expect([text, await call(words, null, home)]).toMatchObject([
          text,
          { code: 6, err: expect.stringContaining("not a page") },
        ]);
    }
    answers["/api/v1/users?limit=200"] = page("a");
    answers["/api/v1/users?limit=200&after=a"] = page("a");
    expect(await call(["user", "list", "--all"], null, home)).toMatchObject({
      code: 6,
      err: expect.stringContaining("returned the same page again"),
    });
    expect((await call(["user", "list", "--help"], null, home)).out).toContain("up to 100000");
  } finally {
    answers["/api/v1/openapi.json"] = sound;
    rmSync(home, { recursive: true });
  }
});
