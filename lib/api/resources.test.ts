import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { events } from "@/db/schema";
import { company } from "@/lib/testing/company";
import { as, rolledBack } from "@/lib/testing/database";
import { programOf } from "@/lib/testing/programs";
import { archiveUser } from "@/lib/users/commands/archive";

test("a system registers what it has, asks what has changed since, and learns of a new owner (P1, P2, U11)", () =>
  rolledBack(async (tx) => {
    const { ada, eve, sam } = await company(tx);
    const ask = await programOf(tx, ada, ["user.read", "resource.read", "resource.register", "resource.delete"]);
    const told = { type: "assistant", externalId: "team/42", name: "Onboarding" };
    const body = { ...told, ownerId: eve.id };
    const made = await ask("PUT", "/resources", { body });
    expect(made).toMatchObject({ status: 200, body: { version: 1, created: true } });
    expect((await ask("PUT", "/resources", { body })).body).toEqual({ ...made.body, created: false });
    expect((await ask("PUT", "/resources?dryRun=true", { body: { ...body, name: "Other" } })).body).toMatchObject({
      changes: { name: { before: "Onboarding", after: "Other" } },
    });
    const found = await ask("GET", "/resources?type=assistant&externalId=team%2F42");
    const owner = { id: eve.id, name: "Eve Engineer" };
    expect(found.body).toMatchObject({ items: [{ ...told, url: null, owner, version: 1 }] });
    const [{ id, updatedAt }] = found.body.items;
    const single = await ask("GET", `/resources/${id}`);
    expect(single.body).toEqual(found.body.items[0]);
    expect(single.headers.get("etag")).toBe('"1"');

    const since = `/resources?sort=updatedAt&updatedAfter=${encodeURIComponent(updatedAt)}`;
    expect((await ask("GET", since)).body.items).toEqual([]);
    await archiveUser(await as(tx, ada), {
      id: eve.id,
      owners: [],
      ownersOfTypes: [{ type: "assistant", ownerId: sam.id }],
      managerId: null,
    });
    expect((await ask("GET", since)).body.items).toMatchObject([{ id, owner: { id: sam.id }, version: 2 }]);
    expect((await ask("GET", `/resources?owner=${sam.id}`)).body.total).toEqual({ value: 1, exact: true });
  }));

test("a change compares versions, and what was sent wrong is pointed at (P3, P4)", () =>
  rolledBack(async (tx) => {
    const { ada, eve, sam } = await company(tx);
    const ask = await programOf(tx, ada, ["user.read", "resource.read", "resource.register", "resource.delete"]);
    const told = { type: "project", externalId: "p1", name: "Apollo", url: "https://hub.example/p1" };
    const body = { ...told, ownerId: eve.id };
    const { id } = (await ask("PUT", "/resources", { body })).body;
    const headers = { "if-match": '"7"' };
    for (const [method, address, sent] of [
      ["PUT", "/resources", body],
      ["PATCH", `/resources/${id}`, { ownerId: sam.id }],
      ["DELETE", `/resources/${id}`, undefined],
    ] as const) {
      const other = method === "PUT" ? { ...body, name: "Other" } : sent;
      expect((await ask(method, address, { body: other, headers })).status, method).toBe(412);
    }
    const wrong = await ask("PUT", "/resources", { body: { ...body, type: "A Project", url: "http://hub.example" } });
    expect(wrong.body.errors.map(({ pointer }: { pointer: string }) => pointer).toSorted()).toEqual(["/type", "/url"]);
    expect((await ask("PATCH", `/resources/${id}`, { body: { ownerId: sam.id } })).body).toEqual({ id, version: 2 });
    expect((await ask("GET", `/resources/${id}`)).body).toMatchObject({ ...told, owner: { id: sam.id } });
    expect((await ask("DELETE", `/resources/${id}`, { headers: { "if-match": '"2"' } })).body).toEqual({ id });
    expect((await ask("GET", `/resources/${id}`)).status).toBe(404);
  }));

test("L1: a token without the operation is refused with the operation that it lacks, and leaves one event in a quarter of an hour", () =>
  rolledBack(async (tx) => {
    const { eve } = await company(tx);
    const ask = await programOf(tx, eve, ["account.update"]);
    for (const path of ["/resources", "/resources", "/users"])
      expect((await ask("GET", path)).body).toMatchObject({
        status: 403,
        detail: expect.stringContaining(path === "/users" ? "user.read" : "resource.read"),
      });
    const written = await tx.select().from(events).where(eq(events.outcome, "refused"));
    expect(written.map(({ operation, actorKind, actorId }) => [operation, actorKind, actorId])).toEqual([
      ["resource.read", "token", eve.id],
      ["user.read", "token", eve.id],
    ]);
  }));
