#!/usr/bin/env bash
# argon2 0.44.0 and 0.45.1 (the usual Argon2 package for Node), libsodium-wrappers-sumo 0.8.4, @node-rs/argon2 2.2.1.
#
# Good guess: an `$argon2id$` text made by one program can be checked by every other, so a table of users can be moved.
# Behaviour: since 0.45 the package `argon2` writes the parameters as `m=,p=,t=`; up to 0.44 it wrote `m=,t=,p=`, the order of the PHC
# string format and of the reference implementation, whose decoder reads them in that order only. libsodium, which uses that
# decoder, answers `false` for the right password: the same as for a wrong one, with no error. Put back into the usual order,
# the same text is accepted. @node-rs/argon2 and `argon2` itself read both.
# Output seen: 0.44.0 "m=65536,t=3,p=1" accepted by all; 0.45.1 "m=65536,p=1,t=3" refused by libsodium, accepted by @node-rs/argon2.
# Known upstream as an order that the format does not allow: ranisalt/node-argon2 issue 559 (September 2026), open.
# Cure when hashes leave a program that uses 0.45: rewrite the parameters as m, t, p; the salt and the hash stay as they are.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund older@npm:argon2@0.44.0 newer@npm:argon2@0.45.1 libsodium-wrappers-sumo@0.8.4 @node-rs/argon2@2.2.1 >/dev/null
cat >run.mjs <<'JS'
import assert from "node:assert/strict";
import { verify } from "@node-rs/argon2";
import sodium from "libsodium-wrappers-sumo";
import newer from "newer";
import older from "older";

await sodium.ready;
const password = "correct horse battery";
const options = { type: 2, memoryCost: 65536, timeCost: 3, parallelism: 1 };
const old = await older.hash(password, options);
const recent = await newer.hash(password, options);
const reordered = recent.replace(/m=(\d+),p=(\d+),t=(\d+)/, "m=$1,t=$3,p=$2");

const seen = {};
for (const [name, hash] of Object.entries({ "argon2 0.44.0": old, "argon2 0.45.1": recent, "0.45.1 reordered": reordered })) {
  seen[name] = {
    parameters: hash.split("$")[3],
    libsodium: sodium.crypto_pwhash_str_verify(hash, password),
    "@node-rs/argon2": await verify(hash, password),
    argon2: await newer.verify(hash, password),
  };
}
console.table(seen);
assert.deepEqual(seen["argon2 0.44.0"], { parameters: "m=65536,t=3,p=1", libsodium: true, "@node-rs/argon2": true, argon2: true });
assert.deepEqual(
  seen["argon2 0.45.1"],
  { parameters: "m=65536,p=1,t=3", libsodium: false, "@node-rs/argon2": true, argon2: true },
  "the behaviour has changed",
);
assert.deepEqual(seen["0.45.1 reordered"], { parameters: "m=65536,t=3,p=1", libsodium: true, "@node-rs/argon2": true, argon2: true });
JS
node run.mjs
