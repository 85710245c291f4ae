import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { expect, test } from "vitest";
import { answerWith } from "@/lib/api/answer";
import { openApi } from "@/lib/api/openapi";
import { asNobody, rolledBack } from "@/lib/testing/database";
import { exampleWorld } from "@/lib/testing/example-world";
import { takeForOwn } from "@/lib/testing/process-database";
import { tokenOf } from "@/lib/testing/programs";

const program = resolve("examples/typed-client/program.ts");

/** What the compiler says of the example, against types that are generated from this description. */
async function typeFaults(name: string, description: string): Promise<string[]> {
  const folder = resolve(".test", "typed-client", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "api.d.ts"), astToString(await openapiTS(description)));
  copyFileSync(program, join(folder, "program.ts"));
  const checked = ts.createProgram([join(folder, "program.ts")], {
    ...{ strict: true, noUncheckedIndexedAccess: true, noEmit: true, skipLibCheck: true, types: [] },
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2024.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  });
  return ts.getPreEmitDiagnostics(checked).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

const description = JSON.stringify(openApi());

test("P1: a program with types of the description is sound, and not with those of another interface", async () => {
  expect(await typeFaults("today", description)).toEqual([]);
  const other = description
    .replaceAll('"additionalRoleIds"', '"roleIds"')
    .replaceAll('"/users/{userId}/clients"', '"/clients/of/{userId}"');
  const faults = (await typeFaults("other", other)).join();
  expect(faults).toContain("additionalRoleIds");
  expect(faults).toContain("/users/{userId}/clients");
}, 60_000);

test("P4: the same program creates, dry-runs, is refused by a version and replayed by its key, over HTTP", () =>
  rolledBack(async (tx) => {
    const { ada } = await exampleWorld(tx);
    takeForOwn(tx);
    const server = createServer(async (incoming, outgoing) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const url = new URL(incoming.url ?? "/", "http://localhost");
      const headers = Object.fromEntries(
        Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
      );
      const { method = "GET" } = incoming;
      const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
      const path = url.pathname.replace("/api/v1/", "").split("/").map(decodeURIComponent);
      const answer = await answerWith(asNobody(tx), new Request(url, { method, headers, body }), path);
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    try {
      const { port } = server.address() as AddressInfo;
      const { onboard } = await import(/* @vite-ignore */ program);
      const seen = await onboard(`http://127.0.0.1:${port}/api/v1`, await tokenOf(tx, ada), "omar");
      expect(seen).toMatchObject({
        userId: expect.any(String),
        changes: { additionalRoles: { before: [], after: ["Reviewer"] } },
        refused: { status: 412, type: "urn:gatehouse:problem:version-replaced" },
        replayed: true,
        token: expect.stringMatching(/^gh_cli_/),
      });
    } finally {
      await new Promise((closed) => server.close(closed));
    }
  }));
