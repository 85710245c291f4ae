import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { createContext, type Person } from "@/lib/context";
import { issueAccountToken } from "@/lib/service-accounts/commands/issue-token";
import { company } from "@/lib/testing/company";
import { as, roleNamed, rolledBack } from "@/lib/testing/database";
import { programOf, programWith } from "@/lib/testing/programs";

async function world(tx: Tx) {
  const people = await company(tx);
  const auditor = await roleNamed(tx, "Auditor");
  return { ...people, auditor, ask: await programOf(tx, people.ada) };
}

test("P1, T6: a program creates, reads, edits, disables and deletes service accounts", () =>
  rolledBack(async (tx) => {
    const { ask, ada, lee, auditor } = await world(tx);
    const body = { name: "Nightly", ownerId: ada.id, roleIds: [auditor.id] };
    const tried = await ask("POST", "/service-accounts?dryRun=true", { body });
    expect([tried.status, tried.body.changes.name]).toEqual([200, { before: null, after: "Nightly" }]);
    const made = await ask("POST", "/service-accounts", { body });
    expect(made.status).toBe(201);
    const path = `/service-accounts/${made.body.id}`;
    const found = await ask("GET", path);
    expect(found.headers.get("etag")).toBe('"1"');
    expect(found.body).toMatchObject({
      ...{ name: "Nightly", status: "working", reason: null, tokens: 0 },
      owner: { id: ada.id, name: "Ada Admin" },
      roles: [{ id: auditor.id, name: "Auditor", reason: null }],
    });
    const edited = await ask("PATCH", path, { body: { name: "Nights" }, headers: { "if-match": '"1"' } });
    expect([edited.status, edited.body.version]).toEqual([200, 2]);
    const stale = await ask("PATCH", path, { body: { ownerId: lee.id }, headers: { "if-match": '"1"' } });
    expect(stale.status).toBe(412);
    expect((await ask("POST", `${path}/disable`)).status).toBe(200);
    expect((await ask("GET", "/service-accounts?status=disabled")).body).toMatchObject({
      items: [{ name: "Nights", status: "disabled" }],
      total: { value: 1, exact: true },
    });
    expect((await ask("POST", `${path}/enable`)).status).toBe(200);
    expect((await ask("DELETE", path)).body).toEqual({ id: made.body.id, name: "Nights", tokens: [] });
    expect((await ask("GET", path)).status).toBe(404);
  }));

test("P4, T7: an account is a principal of its own: its keys, its name in the log, and no tokens by itself", () =>
  rolledBack(async (tx) => {
    const { ask, ada, auditor } = await world(tx);
    const operations = ["group.create", "group.read"].map((operation) => ({ operation, scope: "all" }));
    const role = await ask("POST", "/roles", { body: { kind: "additional", name: "Grouper", operations } });
    const tokens: string[] = [];
    for (const name of ["One", "Two"]) {
      const body = { name, ownerId: ada.id, roleIds: [role.body.id, auditor.id] };
      const { id } = (await ask("POST", "/service-accounts", { body })).body;
      const proven = createContext(tx, (await as(tx, ada)).actor as Person);
      const wanted = { id, name: "ci", operations: ["group.create", "group.read", "audit.read"], days: 7 };
      tokens.push((await issueAccountToken(proven, wanted)).token);
    }
    const [one, two] = tokens.map((token) => programWith(tx, token));
    const key = { headers: { "idempotency-key": "k" } };
    const first = await one!("POST", "/groups", { body: { name: "By one" }, ...key });
    const again = await one!("POST", "/groups", { body: { name: "By one" }, ...key });
    const other = await two!("POST", "/groups", { body: { name: "By two" }, ...key });
    expect([first.status, again.status, other.status]).toEqual([201, 201, 201]);
    expect(again.body.id).toBe(first.body.id);
    expect(other.body.id).not.toBe(first.body.id);
    const { items } = (await ask("GET", "/audit-events?operation=group.create")).body;
    expect(items).toMatchObject([
      { actor: { kind: "service_account", name: "Two", token: "ci" } },
      { actor: { kind: "service_account", name: "One", token: "ci" } },
    ]);
    const account = items[0].actor.id;
    expect((await ask("GET", `/audit-events?serviceAccount=${account}`)).body.items.map(eventOf).toSorted()).toEqual([
      "group.create",
      "service_account.create",
      "service_account.issue_token",
    ]);
    expect((await ask("GET", `/service-accounts/${account}/tokens`)).body.items).toMatchObject([
      { name: "ci", prefix: "gh_svc_", status: "active", outgrown: false },
    ]);
    expect((await one!("GET", "/service-accounts")).status).toBe(403);
    const admin = await roleNamed(tx, "Admin");
    const body = { name: "Three", ownerId: ada.id, roleIds: [admin.id] };
    const refused = await ask("POST", "/service-accounts", { body });
    expect([refused.status, refused.body.detail]).toEqual([
      403,
      expect.stringMatching(/^"Admin" carries .*, which this token does not carry, so it cannot give it\.$/),
    ]);
  }));

const eventOf = ({ operation }: { operation: string }) => operation;
