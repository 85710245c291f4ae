#!/usr/bin/env node
/**
 * The reference client of Gatehouse, one file without dependencies (Node 20 or later). docs/clients.md says how to run it.
 *
 *   node gatehouse-client.mjs register --server https://gatehouse.example.com --token-file rig.token [--home DIR]
 *   node gatehouse-client.mjs run      [--home DIR]
 *   node gatehouse-client.mjs status   [--home DIR]
 *   node gatehouse-client.mjs token    [--home DIR]
 *
 * `register` makes a key on this machine, proves itself by the one-time token, and keeps the private key and the client's id in
 * the home folder (default ~/.gatehouse-client), readable by its owner alone. `run` reports until it is stopped (exit 0) or
 * refused (exit 1); SIGHUP makes it report at once. `status` asks the server. `token` prints an access token, for another program on this machine.
 */
import { createPrivateKey, generateKeyPairSync, randomBytes, randomUUID, sign } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { homedir, platform, release } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

const version = "1.0.0";
const second = 1000;
const patience = 15 * second;
/** Waits between tries while the server does not answer: twice as long each time, and up to as much again at random. */
const waits = { first: second, longest: 60 * second };

/** Said to whoever started it; `problem`: the server's stable name of the cause. */
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
      },
    });
  } catch (error) {
    throw new Refusal(error.message);
  }
}

async function register(options) {
  const server = required(options, "server").replace(/\/+$/, "");
  const provisionToken = readToken(required(options, "token-file"));
  mkdirSync(options.home, { recursive: true, mode: 0o700 });
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const { clientId, heartbeatInterval } = await postJson(`${server}/api/v1/clients/register`, {
    token: provisionToken,
    publicKey: publicKey.export({ format: "jwk" }),
    version,
    platform: platformName(),
  });
  const kept = { server, clientId, heartbeatInterval, privateKey: privateKey.export({ format: "jwk" }) };
  writeState(options.home, kept);
  console.log(`Registered with ${server} as ${clientId}. The token is used up; its file can be deleted.`);
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
      wait = between(interval * second);
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

/** Asks the server how this client stands, without reporting anything. */
async function status(options) {
  const client = openClient(options.home);
  const text = await client.token();
  const answer = await postForm(`${client.server}/oauth/introspect`, { token: text }, text);
  if (!answer.active) throw new Refusal("The server issued a token but does not recognize it. Try again.");
  console.log(`Registered with ${client.server} as ${client.id}. The server accepts it.`);
}

async function token(options) {
  console.log(await openClient(options.home).token());
}

/** What this machine knows of the client, and how it asks. A token is kept in memory for as long as it has a minute left. */
function openClient(home) {
  const { server, clientId: id, heartbeatInterval: interval = 60, privateKey } = readState(home);
  const key = createPrivateKey({ key: privateKey, format: "jwk" });
  const instance = randomBytes(16).toString("base64url");
  let kept = { text: "", until: 0 };

  async function freshToken() {
    if (Date.now() < kept.until) return kept.text;
    const answer = await postForm(`${server}/oauth/token`, {
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertionOf(key, id, new URL(server).origin),
    });
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
  const claims = { iss: clientId, sub: clientId, aud: audience, iat: at, exp: at + 60, jti: randomUUID() };
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key).toString("base64url")}`;
}

const postJson = (address, body, bearer) => post(address, "application/json", JSON.stringify(body), bearer);

const postForm = (address, body, bearer) =>
  post(address, "application/x-www-form-urlencoded", new URLSearchParams(body).toString(), bearer);

async function post(address, type, body, bearer) {
  const headers = { "content-type": type, "user-agent": `gatehouse-client/${version}` };
  if (bearer) headers.authorization = `Bearer ${bearer}`;
  const signal = AbortSignal.any([AbortSignal.timeout(patience), stop.signal]);
  const response = await fetch(address, { method: "POST", headers, body, redirect: "error", signal }).catch((error) => {
    throw new Unreachable(`${address} did not answer: ${error.cause?.code ?? error.message}.`);
  });
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return answer;
  const { status } = response;
  const retryAfter = Number(response.headers.get("retry-after")) || 0;
  const more = {
    status,
    problem: String(answer?.type ?? "")
      .split(":")
      .at(-1),
    retryAfter,
  };
  // What has no cause of the server's stands for it, as a proxy does while it starts.
  if (status >= 500 || status === 429 || !more.problem)
    throw new Unreachable(`${address} cannot answer now (${status}).`, more);
  throw new Refusal(`Refused (${status}): ${answer.detail}`, more);
}

/** Between nine tenths and the whole, so that clients that were started together do not stay together. */
const between = (ms) => ms * (0.9 + Math.random() / 10);

const backoff = (failures) => Math.min(waits.first * 2 ** failures, waits.longest) * (1 + Math.random());

const platformName = () => `${platform()} ${release()}`.slice(0, 100);

const stateFile = (home) => join(home, "client.json");

function required(options, name) {
  const value = options[name];
  if (!value) throw new Refusal(`--${name} is missing.`);
  return value;
}

function readToken(file) {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new Refusal(`The token file ${file} cannot be read (${error.code}).`);
  }
}

/** Whole or not at all, and readable by its owner alone, also where an older file was not. */
function writeState(home, kept) {
  const file = stateFile(home);
  writeFileSync(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
}

function readState(home) {
  const file = stateFile(home);
  try {
    const kept = JSON.parse(readFileSync(file, "utf8"));
    if (platform() !== "win32" && statSync(file).mode & 0o077)
      throw new Refusal(`${file} can be read by other users. Run: chmod 600 ${file}`);
    return kept;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`This client is not registered: ${file} cannot be read (${error.code ?? "not JSON"}).`);
  }
}

const commands = { register, run, status, token };

try {
  const { values, positionals } = readArguments();
  const command = Object.hasOwn(commands, positionals[0] ?? "") ? commands[positionals[0]] : undefined;
  if (!command || positionals.length > 1) throw new Refusal(`Say one of: ${Object.keys(commands).join(", ")}.`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop.abort());
  await command(values);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
