#!/usr/bin/env bash
# undici 7.30.2 (`RetryAgent` and `interceptors.retry`), beside got 14.6.6, ky 1.14.3 and axios-retry 4.5.0 with axios 1.21.1. Needs Node 20 or later. Takes 40 seconds.
#
# Good guess: a client that reads `Retry-After` comes back when it says, or not at all; its longest wait limits the waits that it chooses itself.
# Behaviour: undici's `maxTimeout`, 30 seconds unless it is set, also limits the wait that the server asked for. After 429 with `Retry-After: 36` it asks again after
# 30 seconds, and again each 30 seconds, until its five retries are used. The other three, as they are installed, wait 36 seconds. With a whole request limited to ten
# seconds, got and axios-retry do not come back and report 429, as one would expect; ky limits each attempt alone, and waits.
# Where a limit of requests counts every refused request, such a client is refused longer than it had to be; and it ends with `RequestRetryError: Request failed`
# in place of the last answer, so that the sentence of its body is lost (`throwOnError: false` gives it back).
# Output seen: the table that is printed.
# Cure: set `maxTimeout` above every `Retry-After` that the server sends.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund undici@7.30.2 got@14.6.6 ky@1.14.3 axios@1.21.1 axios-retry@4.5.0 >/dev/null
cat >run.mjs <<'JS'
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import axios from "axios";
import axiosRetry from "axios-retry";
import got from "got";
import ky from "ky";
import { Agent, interceptors, RetryAgent, request } from "undici";

const asked = 36;
const seen = new Map();
const server = createServer(({ url }, response) => {
  const times = seen.get(url) ?? [];
  seen.set(url, [...times, Date.now()]);
  if (times.length > 0) return response.end("served");
  response.writeHead(429, { "Retry-After": String(asked) }).end("{}");
});
await once(server.listen(0, "127.0.0.1"), "listening");
const retrying = (options) => {
  const client = axios.create(options);
  axiosRetry(client, { retries: 2 });
  return client;
};
const clients = {
  "undici-agent": (url) => request(url, { dispatcher: new RetryAgent(new Agent()) }),
  "undici-interceptor": (url) => request(url, { dispatcher: new Agent().compose(interceptors.retry()) }),
  "undici-agent-maxTimeout-60": (url) => request(url, { dispatcher: new RetryAgent(new Agent(), { maxTimeout: 60_000 }) }),
  got: (url) => got(url),
  "got-timeout-10": (url) => got(url, { timeout: { request: 10_000 } }),
  ky: (url) => ky(url),
  "axios-retry": (url) => retrying().get(url),
  "axios-retry-timeout-10": (url) => retrying({ timeout: 10_000 }).get(url),
};
const rows = await Promise.all(
  Object.entries(clients).map(async ([name, call]) => {
    const result = await call(`http://127.0.0.1:${server.address().port}/${name}`).then(
      (answer) => answer.status ?? answer.statusCode,
      (error) => error.response?.status ?? error.response?.statusCode ?? error.name,
    );
    const [first, second] = seen.get(`/${name}`);
    return { client: name, "back after, s": second ? Math.round((second - first) / 1000) : null, result };
  }),
);
console.log(`429 with Retry-After: ${asked}`);
console.table(rows);
server.close();
assert.deepEqual(
  rows.map((row) => row["back after, s"]),
  [30, 30, 36, 36, null, 36, 36, null],
);
process.exit(0);
JS
node run.mjs
echo "Seen as described."
