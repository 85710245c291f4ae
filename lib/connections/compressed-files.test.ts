import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compressedFiles } from "@/lib/connections/compressed-files";

const folder = mkdtempSync(join(tmpdir(), "compressed-"));
const script = "export const answer = 42;";
let server: Server;

beforeAll(async () => {
  writeFileSync(join(folder, "a-1.js.br"), brotliCompressSync(script));
  writeFileSync(join(folder, "a-1.js.gz"), gzipSync(script));
  writeFileSync(join(folder, "b.css.gz"), gzipSync("a {}"));
  const send = compressedFiles(folder);
  server = createServer((asked, response) => {
    if (!send(asked, response, asked.url ?? "")) response.writeHead(404).end("by Next");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function ask(path: string, headers: Record<string, string>, method = "GET") {
  const { port } = server.address() as AddressInfo;
  return new Promise<{ status: number; headers: IncomingHttpHeaders; bytes: Buffer }>((resolve, reject) => {
    const asked = request({ port, host: "127.0.0.1", path, method, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes: Buffer.concat(parts) }),
      );
    });
    asked.on("error", reject).end();
  });
}

const path = "/_next/static/chunks/a-1.js";

test("a script is sent as its reader understands it, the smaller first, and kept permanently", async () => {
  const br = await ask(path, { "accept-encoding": "gzip, deflate, br, zstd" });
  expect(br.headers).toMatchObject({
    "content-encoding": "br",
    "content-type": "application/javascript; charset=UTF-8",
    "cache-control": "public, max-age=31536000, immutable",
    vary: "Accept-Encoding",
    "content-length": String(br.bytes.length),
  });
  expect(brotliDecompressSync(br.bytes).toString()).toBe(script);
  const gzip = await ask(path, { "accept-encoding": "gzip, deflate" });
  expect(gzip.headers["content-encoding"]).toBe("gzip");
  expect(gunzipSync(gzip.bytes).toString()).toBe(script);
  const weighed = await ask(path, { "accept-encoding": "gzip;q=1.0, br;q=0.5" });
  expect(weighed.headers["content-encoding"]).toBe("br");
  const style = await ask("/_next/static/chunks/b.css", { "accept-encoding": "br, gzip" });
  expect(style.headers).toMatchObject({ "content-encoding": "gzip", "content-type": "text/css; charset=UTF-8" });
});

test("HEAD has the same headers and no body", async () => {
  const { headers, bytes } = await ask(path, { "accept-encoding": "br" }, "HEAD");
  expect([headers["content-encoding"], bytes.length]).toEqual(["br", 0]);
  expect(Number(headers["content-length"])).toBeGreaterThan(0);
});

test.each([
  ["without compression", path, {}],
  ["that refuses it", path, { "accept-encoding": "br;q=0" }],
  ["of a part", path, { "accept-encoding": "br", range: "bytes=0-3" }],
  ["of what is not there", "/_next/static/chunks/c.js", { "accept-encoding": "br" }],
  ["of another kind", "/_next/static/chunks/a-1.js.map", { "accept-encoding": "br" }],
  ["of another folder", "/_next/static/chunks/../a-1.js", { "accept-encoding": "br" }],
])("a request %s is left to Next", async (_, asked, headers) => {
  expect((await ask(asked, headers as Record<string, string>)).status).toBe(404);
});
