#!/usr/bin/env node
/**
 * The reference client of Gatehouse, one file without dependencies (Node 20 or later). docs/clients.md says how to run it.
 * `register` makes a key on this machine, proves itself by the one-time token, and keeps the private key and the client's id in
 * the home folder (default ~/.gatehouse-client), readable by its owner alone; done again with the same token it is refused.
 * `run` reports until it is stopped (exit 0) or refused (exit 1); SIGHUP makes it report at once; a fault that nobody expected ends
 * it with 2. `status` asks the server. `token` prints an access token, for another program on this machine.
 */
import crypto from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, platform, release } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

const version = "1.0.0";
const second = 1000;
/** Waits between tries while the server does not answer: twice as long each time, and up to as much again at random. */
const waits = { first: second, longest: 60 * second };

/** Shown to the person who started it; `problem`: the server's stable name of the cause. */
class Refusal extends Error {
  constructor(message, { status = 0, problem = "", retryAfter = 0 } = {}) {
    super(message);
    Object.assign(this, { status, problem, retryAfter });
  }
}

/** The server cannot be reached, or says that it cannot answer now: worth another try. */
class Unreachable extends Refusal {}

const stop = new AbortController();
let wake = new AbortController();

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        server: { type: "string" },
        "token-file": { type: "string" },
        home: { type: "string", default: join(homedir(), ".gatehouse-client") },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new Refusal(error.message);
  }
}

/** The key is stored before the token is used: a client that stops here registers again with the same token and the same key. */
async function register({ home, ...options }) {
  const server = readServer(required(options, "server"));
  const provisionToken = readToken(required(options, "token-file"));
  const token = crypto.createHash("sha256").update(provisionToken).digest("base64url");
  const kept = readState(stateFile(home), null);
  if (kept?.token === token && kept.server === server)
    throw new Refusal(`This token has been used before, to register ${kept.clientId} in ${home}. Nothing was sent.`);
  await requireIssuer(server);
  const privateKey = keyFor(home, token);
  const { clientId, heartbeatInterval } = await postJson(`${server}/api/v1/clients/register`, {
    token: provisionToken,
    publicKey: crypto.createPublicKey({ key: privateKey, format: "jwk" }).export({ format: "jwk" }),
    version,
    platform: platformName(),
  });
  if (typeof clientId !== "string") throw foreign(server);
  writeState(stateFile(home), { server, clientId, heartbeatInterval, privateKey, token });
  rmSync(begunFile(home), { force: true });
  console.log(`Registered with ${server} as ${clientId}. The token is used up; its file can be deleted.`);
}

/** The key that an earlier attempt with this token has stored, or a new one. `token`: its digest. */
function keyFor(home, token) {
  const before = existsSync(begunFile(home)) ? readState(begunFile(home)) : null;
  if (before?.token === token) return before.privateKey;
  const privateKey = crypto.generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  writeState(begunFile(home), { token, privateKey });
  return privateKey;
}

/** By another address than its own, the server would refuse every assertion, once the token is used up (RFC 8414, 3.3). */
async function requireIssuer(server) {
  const { issuer } = await ask(`${server}/.well-known/oauth-authorization-server`);
  if (typeof issuer !== "string") throw foreign(server);
  if (issuer !== new URL(server).origin)
    throw new Refusal(`The public address of ${server} is ${issuer}. Register with --server ${issuer}.`);
}

/**
 * Reports every interval. Waits while the server is away, the clock is wrong or the client is paused, and after its tokens were ended; stops with the server's
 * sentence when it is refused.
 */
async function run(options) {
  const client = openClient(options.home);
  if (platform() !== "win32") process.on("SIGHUP", () => wake.abort());
  let failures = 0;
  let said = "";
  const say = (line) => {
    if (line !== said) console.log(line);
    said = line;
  };
  while (!stop.signal.aborted) {
    let wait;
    try {
      const { name, interval } = await client.beat();
      failures = 0;
      say(`Online at ${client.server} as ${name}.`);
      wait = between(secondsOf(interval, 60) * second);
    } catch (error) {
      if (stop.signal.aborted) break;
      if (error instanceof Unreachable || error.problem === "clock-off") {
        say(`${error.message} Trying again.`);
        wait = Math.max(backoff(failures++), error.retryAfter * second);
      } else if (error instanceof Refusal && error.problem === "paused") {
        failures = 0;
        say(error.message);
        wait = between((error.retryAfter || client.interval) * second);
      } else if (error instanceof Refusal && error.problem === "disconnected") {
        say(error.message);
        client.forgetToken();
        wait = between(client.interval * second);
      } else throw error;
    }
    await pause(wait, undefined, { signal: AbortSignal.any([stop.signal, wake.signal]) }).catch(() => {});
    if (wake.signal.aborted) wake = new AbortController();
  }
  console.log("Stopped.");
}

/** Asks the server for the state of this client, without reporting anything. */
async function status(options) {
  const client = openClient(options.home);
  const text = await client.token();
  const answer = await postForm(`${client.server}/oauth/introspect`, { token: text }, text);
  if (!answer.active) throw new Refusal("The server issued a token but does not recognize it. Try again.");
  console.log(`Registered with ${client.server} as ${client.id}. The server accepts it.`);
}

const token = async (options) => console.log(await openClient(options.home).token());

/** What this machine knows of the client, and how it asks. A token is kept in memory while it has a minute left. */
function openClient(home) {
  const file = stateFile(home);
  const { server = "", clientId: id, heartbeatInterval, privateKey } = readState(file);
  const key = crypto.createPrivateKey({ key: privateKey, format: "jwk" });
  if (platform() !== "win32" && statSync(file).mode & 0o077)
    throw new Refusal(`${file} can be read by other users. Run: chmod 600 ${file}`);
  const interval = secondsOf(heartbeatInterval, 60);
  const instance = crypto.randomBytes(16).toString("base64url");
  let kept = { text: "", until: 0 };

  async function freshToken() {
    if (Date.now() < kept.until) return kept.text;
    const answer = await postForm(`${server}/oauth/token`, {
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertionOf(key, id, new URL(server).origin),
    });
    if (typeof answer.access_token !== "string") throw foreign(server);
    kept = { text: answer.access_token, until: Date.now() + (answer.expires_in - 60) * second };
    return kept.text;
  }

  const forgetToken = () => {
    kept = { text: "", until: 0 };
  };

  async function report() {
    const bearer = await freshToken();
    return postJson(`${server}/api/v1/clients/heartbeat`, { version, platform: platformName(), instance }, bearer);
  }

  /** A token that ended before its time, as after a change of the server's keys, is replaced once. */
  async function beat() {
    try {
      return await report();
    } catch (error) {
      if (error.problem !== "token-ended") throw error;
      forgetToken();
      return report();
    }
  }

  return { server, id, interval, beat, token: freshToken, forgetToken };
}

/** RFC 7523: who this client is, signed by its key, for one use within a minute. */
function assertionOf(key, clientId, audience) {
  const at = Math.floor(Date.now() / second);
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const header = { alg: "EdDSA", typ: "client-authentication+jwt" };
  const claims = { iss: clientId, sub: clientId, aud: audience, iat: at, exp: at + 60, jti: crypto.randomUUID() };
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${crypto.sign(null, Buffer.from(signed), key).toString("base64url")}`;
}

const postJson = (address, body, bearer) =>
  ask(address, { type: "application/json", body: JSON.stringify(body), bearer });

const postForm = (address, body, bearer) =>
  ask(address, { type: "application/x-www-form-urlencoded", body: new URLSearchParams(body).toString(), bearer });

/** The JSON that the server answers. Whatever is not its own, such as the page of a proxy, is worth another try. */
async function ask(address, { type, body, bearer } = {}) {
  const headers = { "user-agent": `gatehouse-client/${version}`, ...(type && { "content-type": type }) };
  if (bearer) headers.authorization = `Bearer ${bearer}`;
  const signal = AbortSignal.any([AbortSignal.timeout(15 * second), stop.signal]);
  const asked = { method: type ? "POST" : "GET", headers, body, redirect: "manual", signal };
  const response = await fetch(address, asked).catch((error) => {
    throw new Unreachable(`${address} did not answer: ${error.cause?.code ?? error.message}.`);
  });
  const { status } = response;
  if (status >= 300 && status < 400)
    throw new Unreachable(`${address} redirects to ${response.headers.get("location")} (${status}).`);
  const answer = await response.json().catch(() => null);
  if (response.ok && typeof answer === "object" && answer !== null) return answer;
  const problem = /^urn:gatehouse:problem:([a-z-]+)$/.exec(answer?.type)?.[1] ?? "";
  const more = { status, problem, retryAfter: secondsOf(response.headers.get("retry-after"), 0) };
  // An answer without one of the server's causes does not come from it, as a proxy does while it starts.
  if (status >= 500 || status === 429 || !problem)
    throw new Unreachable(`${address} cannot answer now (${status}).`, more);
  throw new Refusal(`Refused (${status}): ${answer.detail}`, more);
}

const foreign = (server) => new Unreachable(`${server} gave an answer that is not one of Gatehouse.`);
/** Seconds that the server names, an hour at most: no timer is longer than 24 days. */
const secondsOf = (given, otherwise) => (Number(given) >= 1 ? Math.min(Number(given), 3600) : otherwise);

/** Between nine tenths and the whole, so that clients that were started together do not stay together. */
const between = (ms) => ms * (0.9 + Math.random() / 10);

const backoff = (failures) => Math.min(waits.first * 2 ** failures, waits.longest) * (1 + Math.random());

const platformName = () => `${platform()} ${release()}`.slice(0, 100);

/** What is kept of a client, and of a registration that has not ended. */
const stateFile = (home) => join(home, "client.json");
const begunFile = (home) => join(home, "registration.json");

function required(options, name) {
  const value = options[name];
  if (!value) throw new Refusal(`--${name} is missing.`);
  return value;
}

function readServer(text) {
  const server = text.replace(/\/+$/, "");
  if (!/^https?:\/\//i.test(server) || !URL.canParse(server))
    throw new Refusal("--server must be an address such as https://gatehouse.example.com.");
  return server;
}

function readToken(file) {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new Refusal(`The token file ${file} cannot be read (${error.code}).`);
  }
}

/** Whole or not at all, also where the power fails, and readable by its owner alone, also where an older file was not. */
function writeState(file, kept) {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    rmSync(`${file}.new`, { force: true });
    writeFileSync(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600, flag: "wx", flush: true });
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw new Refusal(`${file} cannot be written (${error.code}).`);
  }
}

/** With a key that can be read; `otherwise`: the value for a file that is not there or damaged. */
function readState(file, otherwise) {
  try {
    const kept = JSON.parse(readFileSync(file, "utf8"));
    crypto.createPrivateKey({ key: kept.privateKey, format: "jwk" });
    return kept;
  } catch (error) {
    if (otherwise !== undefined) return otherwise;
    const why = error.syscall ? error.code : "damaged";
    throw new Refusal(`This client is not registered: ${file} cannot be read (${why}).`);
  }
}

const usage = "node gatehouse-client.mjs (register --server URL --token-file FILE | run | status | token) [--home DIR]";
const commands = { register, run, status, token, help: () => console.log(usage) };

try {
  const { values, positionals } = readArguments();
  const named = values.help ? "help" : (positionals[0] ?? "");
  const command = Object.hasOwn(commands, named) ? commands[named] : undefined;
  if (!command || positionals.length > 1) throw new Refusal(`Say one of: ${Object.keys(commands).join(", ")}.`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop.abort());
  await command(values);
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = error instanceof Refusal ? 1 : 2;
}
