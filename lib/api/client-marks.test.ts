import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { clients, settings } from "@/db/schema";
import { servedAllClients } from "@/lib/clients/all";
import { servedActiveClients } from "@/lib/sessions/active-clients";
import { company } from "@/lib/testing/company";
import { as, rolledBack } from "@/lib/testing/database";
import { programOf } from "@/lib/testing/programs";

async function makeClient(tx: Tx, userId: string, name: string, more: Partial<typeof clients.$inferInsert>) {
  const token = { tokenPrefix: "gh_cli_", tokenLastFour: "abcd", tokenExpiresAt: new Date() };
  const rest = { ...token, status: "registered" as const, awaiting: false, lastHeartbeatAt: new Date(), ...more };
  const [client] = await tx
    .insert(clients)
    .values({ userId, name, nameKey: name, search: ` ${name}`, ...rest })
    .returning();
  return client!.id;
}

test("every answer about a client says whether it is outdated, and what was noticed of it (C11, C15)", () =>
  rolledBack(async (tx) => {
    const { ada, eve } = await company(tx);
    const ask = await programOf(tx, ada, ["client.read"]);
    const noticed = new Date("2026-11-19T09:24:00Z");
    const old = await makeClient(tx, eve.id, "old", { version: "2.8.0", tokenReusedAt: noticed, copiedAt: noticed });
    const fresh = await makeClient(tx, eve.id, "fresh", { version: "2.9" });
    const answers = async (id: string) => {
      const lists = await Promise.all(
        [`/users/${eve.id}/clients`, `/clients?owner=${eve.id}`].map((address) => ask("GET", address)),
      );
      const inLists = lists.map(({ body }) => body.items.find((item: { id: string }) => item.id === id));
      return [(await ask("GET", `/clients/${id}`)).body, ...inLists];
    };
    for (const answer of await answers(old)) expect(answer).toMatchObject({ outdated: false });
    await tx.insert(settings).values({ key: "clients.newestVersion", value: "2.9.0" });
    const moment = noticed.toISOString();
    for (const answer of await answers(old))
      expect(answer).toMatchObject({ outdated: true, tokenReusedAt: moment, copiedAt: moment });
    for (const answer of await answers(fresh))
      expect(answer).toMatchObject({ outdated: false, tokenReusedAt: null, copiedAt: null });

    const active = await servedActiveClients.page(await as(tx, ada), { q: "" }, undefined);
    expect(Object.fromEntries(active.rows.map(({ name, outdated }) => [name, outdated]))).toEqual({
      old: true,
      fresh: false,
    });
  }));

test("clients are found by the exact version that they report, and versions in sight are offered (C15, R11)", () =>
  rolledBack(async (tx) => {
    const { ada, lee, eve } = await company(tx);
    const ask = await programOf(tx, ada, ["client.read"]);
    const rare = ["7.31.0", "7.31", "v7.31.0-beta", "nightly 7.31"] as const;
    for (const version of rare) await makeClient(tx, eve.id, version, { version });
    const outside = await makeClient(tx, ada.id, "outside", { version: "7.31.9" });
    for (const version of rare) {
      const { body } = await ask("GET", `/clients?version=${encodeURIComponent(version)}`);
      expect(body.items.map(({ name }: { name: string }) => name)).toEqual([version]);
    }
    const both = await ask("GET", "/clients?version=7.31.9&version=7.31");
    expect(both.body.items.map(({ id }: { id: string }) => id)).toContain(outside);
    expect(both.body.total.value).toBe(2);
    expect((await ask("GET", `/clients?version=${"7".repeat(65)}`)).status).toBe(400);

    const { version: offered } = servedAllClients.choices;
    expect((await offered(await as(tx, lee), "7.31")).map(({ id }) => id)).toEqual(rare.toSorted());
    expect((await offered(await as(tx, lee), "")).slice(0, 2)).toEqual([
      { id: "outdated", label: "outdated" },
      { id: "unknown", label: "not known yet" },
    ]);
    expect(await offered(await as(tx, ada), { ids: ["7.31.9", "unknown", "0.0.7"] })).toEqual([
      { id: "7.31.9", label: "7.31.9" },
      { id: "unknown", label: "not known yet" },
      { id: "0.0.7", label: "0.0.7" },
    ]);
  }));
