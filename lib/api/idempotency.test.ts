import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { clients, idempotencyKeys } from "@/db/schema";
import { createContext } from "@/lib/context";
import { forgetKeys } from "@/lib/kernel/once";
import { company } from "@/lib/testing/company";
import { asNobody, rolledBack } from "@/lib/testing/database";
import { programOf } from "@/lib/testing/programs";

const keyed = (key: string, body: unknown) => ({ body, headers: { "idempotency-key": key } });

test("P4: the same request again does nothing again, and gives the same id without the secret", () =>
  rolledBack(async (tx) => {
    const { ada, quinn, eve } = await company(tx);
    const ask = await programOf(tx, ada);
    const address = `/users/${eve.id}/clients`;
    const dry = await ask("POST", `${address}?dryRun=true`, keyed("k-1", { name: "rig" }));
    expect([dry.status, dry.body.dryRun]).toEqual([200, true]);
    const first = await ask("POST", address, keyed("k-1", { name: "rig" }));
    expect([first.status, first.headers.get("idempotent-replayed")]).toEqual([201, null]);
    expect(first.body.token).toMatch(/^gh_cli_/);
    const again = await ask("POST", address, keyed("k-1", { name: "rig" }));
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
    expect(again.body).toEqual({ ...first.body, token: null });
    const other = await ask("POST", address, keyed("k-1", { name: "another" }));
    expect([other.status, other.body.type]).toEqual([422, "urn:gatehouse:problem:idempotency-key-reused"]);
    expect((await ask("POST", address, keyed("k 1", { name: "x" }))).status).toBe(400);
    expect(await tx.select().from(clients).where(eq(clients.userId, eve.id))).toHaveLength(1);
    expect(JSON.stringify(await tx.select().from(idempotencyKeys))).not.toContain(first.body.token);
    const theirs = await (await programOf(tx, quinn))("POST", address, keyed("k-1", { name: "of quinn" }));
    expect(theirs.headers.get("idempotent-replayed")).toBeNull();
  }));

test("P4: what was refused uses up no key, and a key is forgotten after a day", () =>
  rolledBack(async (tx) => {
    const { ada } = await company(tx);
    const ask = await programOf(tx, ada);
    await ask("POST", "/groups", { body: { name: "Taken" } });
    expect((await ask("POST", "/groups", keyed("k-2", { name: "taken" }))).status).toBe(400);
    const made = await ask("POST", "/groups", keyed("k-2", { name: "Free" }));
    expect(made.status).toBe(201);
    const { actor } = asNobody(tx);
    const at = (hours: number) => createContext(tx, actor, { now: () => new Date(Date.now() + hours * 3_600_000) });
    await forgetKeys(at(23));
    expect(await tx.select().from(idempotencyKeys)).toHaveLength(1);
    await forgetKeys(at(25));
    expect(await tx.select().from(idempotencyKeys)).toEqual([]);
  }));

test("P4: a token that does not carry the operation is not answered what another of the same owner was", () =>
  rolledBack(async (tx) => {
    const { ada, eve } = await company(tx);
    const address = `/users/${eve.id}/clients`;
    expect((await (await programOf(tx, ada))("POST", address, keyed("k-3", { name: "rig" }))).status).toBe(201);
    const less = await programOf(tx, ada, ["group.read"]);
    const again = await less("POST", address, keyed("k-3", { name: "rig" }));
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([403, null]);
    expect(JSON.stringify(again.body)).not.toContain("rig");
  }));
