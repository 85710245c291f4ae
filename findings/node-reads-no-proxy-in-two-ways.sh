#!/usr/bin/env bash
# Node.js 24.21.0 (npm package node@24.21.0, with the undici that it includes). Needs any Node 20 or later to start with.
#
# Good guess: a program that is started with NODE_USE_ENV_PROXY=1 has one meaning of NO_PROXY, as the documentation of the variable suggests.
# Behaviour: `http.request` and `fetch` of one process read it in two ways. `example.test` also means `api.example.test` for `fetch`, as it does for curl,
# and only itself for `http.request`; a range of addresses such as `127.0.0.1-127.0.0.9`, which the documentation of `http` describes, is for `fetch`
# a name that no host has; and `*` inside a list means every host for `http.request` alone. Neither reads `127.0.0.0/8`, which curl 7.88 and requests 2.34 do.
# So a program whose own code calls `fetch` and whose library uses `node:http`, or the other way round, sends half of its internal requests to the proxy, with
# their headers: over plain HTTP that is where the bearer token goes too.
# Output seen: the table that is printed.
# Cure: list every host by its full name (both read that in the same way), and a domain as `.example.test`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --allow-scripts=node node@24.21.0 >/dev/null 2>&1 || npm install --silent --no-audit --no-fund node@24.21.0 >/dev/null
cat >ask.mjs <<'JS'
import { get } from "node:http";

const [, , way, url] = process.argv;
if (way === "fetch") await fetch(url).catch(() => {});
else await new Promise((done) => get(url, (answer) => answer.resume().on("end", done)).on("error", done));
JS
cat >run.mjs <<'JS'
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";

let asked = 0;
const proxy = createServer((_request, response) => {
  asked += 1;
  response.end("from the proxy");
});
proxy.on("connect", (_request, socket) => {
  asked += 1;
  socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
});
const target = createServer((_request, response) => response.end("from the target"));
for (const server of [proxy, target]) await once(server.listen(0, "127.0.0.1"), "listening");
const address = `http://127.0.0.1:${proxy.address().port}`;

async function ask(way, host, noProxy) {
  asked = 0;
  const child = spawn(process.execPath, ["ask.mjs", way, `http://${host}:${target.address().port}/`], {
    env: { PATH: process.env.PATH, NODE_USE_ENV_PROXY: "1", HTTP_PROXY: address, NO_PROXY: noProxy },
    stdio: "ignore",
  });
  await once(child, "exit");
  return asked > 0 ? "proxy" : "direct";
}

const cases = [
  ["example.test", "example.test"],
  ["example.test", "api.example.test"],
  [".example.test", "api.example.test"],
  ["127.0.0.1-127.0.0.9", "127.0.0.1"],
  ["127.0.0.0/8", "127.0.0.1"],
  ["127.0.0.1", "127.0.0.1"],
  ["other.test,*", "127.0.0.1"],
];
const seen = [];
for (const [noProxy, host] of cases)
  seen.push({ NO_PROXY: noProxy, host, fetch: await ask("fetch", host, noProxy), "http.request": await ask("http", host, noProxy) });
console.log(process.version);
console.table(seen);
proxy.close();
target.close();
assert.deepEqual(
  seen.map((row) => `${row.fetch} ${row["http.request"]}`),
  JSON.parse(process.argv[2]),
);
JS
node_modules/.bin/node run.mjs '["direct direct","direct proxy","direct direct","proxy direct","proxy proxy","direct direct","proxy direct"]'
echo "Seen as described."
