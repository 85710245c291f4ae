#!/usr/bin/env node
/**
 * The reference client of Gatehouse, one file without dependencies (Node 20 or later).
 *
 *   node gatehouse-client.mjs register --server https://gatehouse.example.com --token-file rig.token [--home DIR]
 *   node gatehouse-client.mjs status [--home DIR]
 *
 * `register` makes a key on this machine, proves itself by the one-time token, and keeps the private key and the
 * client's id in the home folder (default ~/.gatehouse-client), readable by its owner alone.
 */
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir, platform, release } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const version = "0.1.0";

class Refusal extends Error {}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    server: { type: "string" },
    "token-file": { type: "string" },
    home: { type: "string", default: join(homedir(), ".gatehouse-client") },
  },
});

const commands = { register, status };

try {
  const command = commands[positionals[0] ?? ""];
  if (!command) throw new Refusal(`Say one of: ${Object.keys(commands).join(", ")}.`);
  await command();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function register() {
  const server = required("server").replace(/\/+$/, "");
  const token = readToken(required("token-file"));
  mkdirSync(options.home, { recursive: true, mode: 0o700 });
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const { clientId, heartbeatInterval } = await post(`${server}/api/v1/clients/register`, {
    token,
    publicKey: publicKey.export({ format: "jwk" }),
    version,
    platform: `${platform()} ${release()}`.slice(0, 100),
  });
  const kept = { server, clientId, heartbeatInterval, privateKey: privateKey.export({ format: "jwk" }) };
  writeFileSync(stateFile(), `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  console.log(`Registered with ${server} as ${clientId}. The token is used up; its file can be deleted.`);
}

function status() {
  const { server, clientId } = readState();
  console.log(`Registered with ${server} as ${clientId}.`);
}

function stateFile() {
  return join(options.home, "client.json");
}

function required(name) {
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

function readState() {
  try {
    return JSON.parse(readFileSync(stateFile(), "utf8"));
  } catch (error) {
    throw new Refusal(`This client is not registered: ${stateFile()} cannot be read (${error.code ?? "not JSON"}).`);
  }
}

async function post(address, body) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": `gatehouse-client/${version}` },
    body: JSON.stringify(body),
    redirect: "error",
    signal: AbortSignal.timeout(15_000),
  }).catch((error) => {
    throw new Refusal(`${address} did not answer: ${error.cause?.code ?? error.message}.`);
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new Refusal(`Refused (${response.status}): ${answer.detail ?? response.statusText}`);
}
