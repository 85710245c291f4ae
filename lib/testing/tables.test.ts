import { getTableName, is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import * as schema from "@/db/schema";
import { isTest, projectFiles, textOf } from "@/lib/testing/sources";

/** The folder of `lib/` that writes a table; others ask functions of it, which take `tx`, decide nothing and write no event. */
const owners: Record<string, string[]> = {
  account: ["pictures"],
  "app-operations": ["appOperations"],
  audit: ["events", "eventValues", "unknownProofs"],
  auth: ["devices", "throttles", "sessionIdTokens", "usedLogoutTokens"],
  "client-tokens": ["usedAssertions", "revokedTokens"],
  clients: ["clients", "clientTokens", "clientDays"],
  factors: ["authenticators", "challenges", "passkeys", "recoveryCodes"],
  groups: ["groups", "groupMembers", "groupRoles"],
  "identity-providers": ["identityProviders", "providerGroups", "providerSecrets", "identities", "awaitedIdentities"],
  kernel: ["idempotencyKeys"],
  links: ["links"],
  mail: ["mails"],
  passwords: ["passwords"],
  resources: ["resources"],
  roles: ["roles", "roleOperations", "roleCombinations"],
  sessions: ["sessions"],
  settings: ["settings"],
  tokens: ["accessTokens"],
  setup: ["setupCodes"],
  "signing-keys": ["signingKeys"],
  views: ["savedViews"],
  users: ["users", "signInNames", "userRoles", "serviceAccounts", "serviceAccountRoles", "handovers"],
};

/** Rooms of the same noun, apart so that folders do not import each other in circles. */
const parts: Record<string, string> = { people: "users", memberships: "groups", "sign-in": "auth" };

/** Kept by triggers alone. */
const byTriggers = ["places", "roleCatalogue", "withoutCredential"];

/** What other folders write today. A corrected one is removed from this list; none is added. */
const known = `
  appOperations roles/presets, groupRoles roles/commands/delete, identities sign-in/start-session,
  passwords sign-in/start-session, sessions auth/renew-session, sessions auth/session, sessions sign-in/start-session,
  settings mail/commands, throttles factors/attempts, userRoles roles/commands/delete`
  .split(",")
  .map((one) => one.trim());

const tables = new Map<string, string>(
  Object.entries(schema).flatMap(([name, table]) => (is(table, PgTable) ? [[getTableName(table), name] as const] : [])),
);
const ownerOf = new Map(
  Object.entries(owners).flatMap(([folder, names]) => names.map((name) => [name, folder] as const)),
);

/** The demonstration fills an empty database, and stored keys are folded again in every table that has some. */
const isLoader = (path: string) => /^lib\/(demo|testing|upgrades)\//.test(path);

/** By the names of the schema, or of the table in plain SQL. */
function tablesWrittenIn(path: string): Set<string> {
  const text = textOf(path);
  const built = [...text.matchAll(/\.(?:insert|update|delete)\(\s*(\w+)\s*[),]/g)].map(([, name = ""]) => name);
  const plain = [
    ...text.matchAll(
      /\b(?:insert into|update|delete from)\s+"?(\w+)"?(?=\s+(?:\(|set|where|select|values|as)\b|\s*\()/gi,
    ),
  ];
  const named = plain.flatMap(([, name = ""]) => tables.get(name) ?? []);
  const quoted = [...text.matchAll(/\b(?:insert into|delete from|update) \$\{(\w+)\}/g)].map(([, name = ""]) => name);
  const all = new Set(tables.values());
  return new Set([...built, ...named, ...quoted].filter((name) => all.has(name)));
}

test("every table has one folder that writes it", () => {
  const owned = [...ownerOf.keys(), ...byTriggers];
  expect(owned.toSorted()).toEqual([...tables.values()].toSorted());
  expect(new Set(owned).size).toBe(owned.length);
});

test("no file writes a table of another folder, but those that are known", () => {
  const files = projectFiles.filter(
    (path) => /^(app|components|lib|middleware)\b.*\.tsx?$/.test(path) && !isTest(path) && !isLoader(path),
  );
  const written = files.flatMap((path) => [...tablesWrittenIn(path)].map((name) => ({ path, name })));
  expect(written.length).toBeGreaterThan(60);
  const folderOf = (path: string) => path.split("/")[1] ?? "";
  const foreign = written.filter(
    ({ path, name }) => (parts[folderOf(path)] ?? folderOf(path)) !== ownerOf.get(name) || !path.startsWith("lib/"),
  );
  expect(foreign.map(({ path, name }) => `${name} ${path.replace(/^lib\/|\.ts$/g, "")}`).toSorted()).toEqual(
    known.toSorted(),
  );
});
