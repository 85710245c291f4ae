import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";

const script = join(process.cwd(), "examples", "gatehouse-client.mjs");

type Answer = (response: ServerResponse, body: string, request: IncomingMessage) => void;
type Answers = Record<string, Answer>;

const json =
  (value: unknown, status = 200, headers = {}): Answer =>
  (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));

const problem = (kind: string, status: number, headers = {}) =>
  json({ type: `urn:gatehouse:problem:${kind}`, detail: `It is ${kind}.` }, status, headers);

const html =
  (status: number, headers = {}): Answer =>
  (response) =>
    response.writeHead(status, { "content-type": "text/html", ...headers }).end("<html>nginx</html>");

/** Says that it is longer than it is. */
const cut: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": 500 });
  response.write('{"clientId":', () => response.destroy());
};

const [metadata, registers, tokens, beats] = [
  "/.well-known/oauth-authorization-server",
  "/api/v1/clients/register",
  "/oauth/token",
  "/api/v1/clients/heartbeat",
];

let home = "";
let asked: string[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "gatehouse-client-"));
  asked = [];
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A server that answers as Gatehouse does, except where it is set to do otherwise. */
async function serve(given: Answers = {}): Promise<string> {
  const answers: Answers = {
    [metadata]: (response) => json({ issuer: origin })(response, "", response.req),
    [registers]: json({ clientId: "01920000-0000-7000-8000-000000000001", heartbeatInterval: 60 }, 201),
    [tokens]: json({ access_token: "a.b.c", token_type: "Bearer", expires_in: 600 }),
    [beats]: json({ name: "rig", interval: 60 }),
    ...given,
  };
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    asked.push(path);
    (answers[path] ?? html(404))(response, await text(request), request);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return origin;
}

type Run = { child: ChildProcess; said: () => string; end: Promise<{ code: number | null; said: string }> };

function start(command: string, more: string[] = [], at = home, env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [script, command, "--home", at, ...more], {
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => (said += piece));
  return { child, said: () => said, end: once(child, "close").then(([code]) => ({ code, said })) };
}

function register(server: string, token = "gh_cli_x", at = home, env: Record<string, string> = {}) {
  const file = join(home, "rig.token");
  writeFileSync(file, token);
  return start("register", ["--server", server, "--token-file", file], at, env).end;
}

/** A proxy that knows `CONNECT` alone, with the hosts that it was asked for. */
async function startProxy(): Promise<{ address: string; hosts: string[] }> {
  const hosts: string[] = [];
  const proxy = createServer((_, response) => response.writeHead(405).end());
  proxy.on("connect", ({ url = "" }, client) => {
    hosts.push(url);
    const [host, port] = url.split(":");
    const upstream = connect(Number(port), host, () => client.write("HTTP/1.1 200 OK\r\n\r\n"));
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream])
      socket.on("error", () => {
        client.destroy();
        upstream.destroy();
      });
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  onTestFinished(() => void proxy.close());
  return { address: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, hosts };
}

const keyIn = (body: string) => (JSON.parse(body) as { publicKey: { x: string } }).publicKey.x;

describe("register", () => {
  test("stores the key with mode 600, of the token its digest alone, and leaves nothing else behind", async () => {
    const server = await serve();
    expect(await register(server)).toEqual({ code: 0, said: expect.stringContaining(`Registered with ${server}`) });
    const file = join(home, "client.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const kept = JSON.parse(readFileSync(file, "utf8"));
    expect(Object.keys(kept)).toEqual(["server", "clientId", "heartbeatInterval", "privateKey", "token"]);
    expect(kept.token).toBe(createHash("sha256").update("gh_cli_x").digest("base64url"));
    expect(existsSync(join(home, "registration.json"))).toBe(false);
    expect(await register(`${server}///`, "gh_cli_y")).toMatchObject({ code: 0 });
  });

  test("with the token that it has used it asks nothing again, and with another it makes another key", async () => {
    const keys: string[] = [];
    const server = await serve({
      [registers]: (response, body, request) => {
        keys.push(keyIn(body));
        json({ clientId: "c", heartbeatInterval: 60 }, 201)(response, body, request);
      },
    });
    expect(await register(server)).toMatchObject({ code: 0 });
    expect(await register(server)).toEqual({
      code: 1,
      said: expect.stringContaining("This token has been used before"),
    });
    expect(keys).toHaveLength(1);
    expect(await register(server, "gh_cli_y")).toMatchObject({ code: 0 });
    expect(new Set(keys).size).toBe(2);
    writeFileSync(join(home, "client.json"), "{");
    expect(await register(server, "gh_cli_y")).toMatchObject({ code: 0 });
    expect(keys).toHaveLength(3);
  });

  test("goes through a proxy where Node knows how to, and only where it is configured", async () => {
    const [server, proxy] = [await serve(), await startProxy()];
    const hosts = async (env: Record<string, string>) => {
      proxy.hosts.length = 0;
      expect(await register(server, "gh_cli_x", mkdtempSync(join(home, "run-")), env)).toMatchObject({ code: 0 });
      return [...new Set(proxy.hosts)];
    };
    const told = { HTTP_PROXY: proxy.address, NODE_USE_ENV_PROXY: "1", NO_PROXY: "", no_proxy: "" };
    const knowsHow = process.allowedNodeEnvironmentFlags.has("--use-env-proxy");
    expect(await hosts(told)).toEqual(knowsHow ? [new URL(server).host] : []);
    expect(await hosts({ ...told, NODE_USE_ENV_PROXY: "" })).toEqual([]);
    expect(await hosts({ ...told, NO_PROXY: "127.0.0.1", no_proxy: "127.0.0.1" })).toEqual([]);
  });

  test("after an answer that is lost it comes again with the same key, and with another for another token", async () => {
    const lost = [html(502), html(200), cut, json({ ok: true }), json(null)];
    const attempts = lost.length + 1;
    const keys: string[] = [];
    const server = await serve({
      [registers]: (response, body, request) => {
        keys.push(keyIn(body));
        (lost.shift() ?? json({ clientId: "c", heartbeatInterval: 60 }, 201))(response, body, request);
      },
    });
    for (let attempt = 1; attempt < attempts; attempt++) {
      expect((await register(server)).code).toBe(1);
      expect(existsSync(join(home, "client.json"))).toBe(false);
      expect(statSync(join(home, "registration.json")).mode & 0o777).toBe(0o600);
    }
    expect((await register(server)).code).toBe(0);
    expect([keys.length, new Set(keys).size]).toEqual([attempts, 1]);
    expect((await register(server, "gh_cli_another")).code).toBe(0);
    expect(new Set(keys).size).toBe(2);
  }, 60_000);

  test("killed before the answer came, it comes again with the same key", async () => {
    const keys: string[] = [];
    const server = await serve({
      [registers]: (response, body, request) => {
        keys.push(keyIn(body));
        if (keys.length > 1) json({ clientId: "c", heartbeatInterval: 60 }, 201)(response, body, request);
      },
    });
    const file = join(home, "rig.token");
    writeFileSync(file, "gh_cli_x");
    const { child, end } = start("register", ["--server", server, "--token-file", file]);
    await expect.poll(() => keys.length, { timeout: 10_000 }).toBe(1);
    child.kill("SIGKILL");
    await end;
    expect((await register(server)).code).toBe(0);
    expect(new Set(keys).size).toBe(1);
  });

  test("where nothing can be stored, the token is not used", async () => {
    const server = await serve();
    const file = join(home, "no-folder");
    writeFileSync(file, "");
    expect(await register(server, "gh_cli_x", file)).toEqual({
      code: 1,
      said: expect.stringMatching(/registration\.json cannot be written \((ENOTDIR|EEXIST)\)\.\n$/),
    });
    expect(asked).not.toContain(registers);
  });

  test("by an address that is not the server's own, the token is not used", async () => {
    const server = await serve({ [metadata]: json({ issuer: "https://gatehouse.example.com" }) });
    expect(await register(server)).toEqual({
      code: 1,
      said: expect.stringContaining("Register with --server https://gatehouse.example.com."),
    });
    expect(asked).toEqual([metadata]);
    const moved = await serve({ [metadata]: html(301, { location: "https://gatehouse.example.com/" }) });
    expect((await register(moved)).said).toContain("redirects to https://gatehouse.example.com/ (301)");
    for (const wrong of ["gatehouse.example.com", "ftp://a", "http://", "/"])
      expect((await register(wrong)).said).toContain("--server must be an address such as");
  });
});

describe("run", () => {
  const countBeats = () => asked.filter((path) => path === beats).length;

  /** Runs against a server that answers the first heartbeats as given; the next ones it accepts. */
  async function runAfter(...first: Answer[]): Promise<Run> {
    const server = await serve({
      [beats]: (response, body, request) =>
        (first.shift() ?? json({ name: "rig", interval: 60 }))(response, body, request),
    });
    expect((await register(server)).code).toBe(0);
    return start("run");
  }

  test("continues after what the server has not said", async () => {
    const others = [
      html(502),
      html(403),
      html(200),
      html(302, { location: "http://login.example.com/" }),
      cut,
      json({ type: "https://proxy.example.com/blocked", detail: "Blocked" }, 403),
      json({ type: "about:blank", title: "Forbidden" }, 403),
      json({ type: { a: 1 } }, 400),
      problem("rate-limited", 429),
      problem("clock-off", 401),
      problem("unexpected", 500),
    ];
    const run = await runAfter(...others);
    for (let beat = 1; beat <= others.length; beat++) {
      await expect.poll(countBeats, { timeout: 10_000 }).toBeGreaterThanOrEqual(beat);
      expect(run.said()).not.toContain("Online at");
      run.child.kill("SIGHUP");
    }
    await expect.poll(run.said, { timeout: 10_000 }).toContain("Online at");
    expect(run.said().match(/Trying again\./g)?.length).toBeGreaterThan(3);
    run.child.kill("SIGTERM");
    expect(await run.end).toEqual({ code: 0, said: expect.stringMatching(/Stopped\.\n$/) });
  }, 60_000);

  test("does not ask again and again, for any wait that it is given", async () => {
    const waits = [
      json({ name: "rig" }),
      json({ name: "rig", interval: 0 }),
      json({ name: "rig", interval: 1e12 }),
      problem("paused", 403, { "retry-after": "999999999999" }),
      problem("paused", 403, { "retry-after": "-5" }),
      html(503, { "retry-after": "999999999999" }),
    ];
    const run = await runAfter(...waits);
    for (let beat = 1; beat <= waits.length; beat++) {
      await expect.poll(countBeats, { timeout: 10_000 }).toBe(beat);
      // In this time a process starts, reads a file and ends.
      expect((await start("status", [], join(home, "other")).end).code).toBe(1);
      expect(countBeats()).toBe(beat);
      run.child.kill("SIGHUP");
    }
    run.child.kill("SIGTERM");
    expect((await run.end).code).toBe(0);
  }, 60_000);

  test("text that is not a token is not sent", async () => {
    const server = await serve({ [tokens]: json({ ok: true }) });
    await register(server);
    const run = start("run");
    await expect.poll(run.said, { timeout: 10_000 }).toContain("Trying again.");
    expect(asked).not.toContain(beats);
    run.child.kill("SIGTERM");
    expect((await run.end).code).toBe(0);
  });

  test("is stopped by what the server refuses, and says it", async () => {
    const run = await runAfter(problem("deregistered", 403));
    expect(await run.end).toEqual({ code: 1, said: "Refused (403): It is deregistered.\n" });
  });

  test("stops at once while an answer is awaited", async () => {
    const run = await runAfter(() => {});
    await expect.poll(countBeats, { timeout: 10_000 }).toBe(1);
    run.child.kill("SIGTERM");
    expect(await run.end).toEqual({ code: 0, said: "Stopped.\n" });
  });

  test.each([
    ["empty", ""],
    ["no object", "null"],
    ["without a key", '{"server":"http://a","clientId":"b"}'],
    [
      "with a torn key",
      '{"server":"http://a","clientId":"b","privateKey":{"kty":"OKP","crv":"Ed25519","d":"x","x":"y"}}',
    ],
  ])("says what is wrong with a file that is %s", async (_, content) => {
    const file = join(home, "client.json");
    writeFileSync(file, content, { mode: 0o600 });
    expect(await start("run").end).toEqual({
      code: 1,
      said: expect.stringMatching(/^This client is not registered: [^\n]+ \(damaged\)\.\n$/),
    });
    chmodSync(file, 0o640);
    expect((await start("status").end).code).toBe(1);
  });
});
