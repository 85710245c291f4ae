import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { listAllClients } from "@/lib/clients/all";
import { allClientList } from "@/lib/clients/all-filters";
import { as, makeUser, rolledBack } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";

const make = (tx: Tx, userId: string, prefix: string, count: number) =>
  tx.execute(sql`
    insert into clients (id, user_id, name, name_key, search, status, token_prefix, token_last_four, token_expires_at)
    select gen_random_uuid(), ${userId}, ${prefix} || n, ${prefix} || n, ' ' || ${prefix} || n, 'provisioned', 'a', 'b', now()
      from generate_series(1, ${count}::int) n`);

test("a search that finds very many finds the same, by the client's name and by its user's", () =>
  rolledBack(async (tx) => {
    await loadPreset(tx, "quality_assurance");
    const ada = await makeUser(tx, { username: "ada", primaryRole: "Quality Manager", roles: ["Admin"] });
    const eve = await makeUser(tx, { username: "eve", firstName: "Rigmor", lastName: "Elm" });
    await make(tx, ada.id, "rig", 10_001);
    await make(tx, eve.id, "desk", 3);
    // As autovacuum does; without it the plan depends on what other tests left behind.
    await tx.execute(sql`analyze clients`);
    const ctx = await as(tx, ada);
    const found = async (q: string) => {
      const { rows, total } = await listAllClients(ctx, { ...allClientList.usual, q });
      return [rows.map(({ name }) => name).slice(0, 4), total] as const;
    };
    const over = { value: 10_000, kind: "over" };
    expect(await found("rig")).toEqual([["desk1", "desk2", "desk3", "rig1"], over]);
    expect(await found("desk")).toEqual([["desk1", "desk2", "desk3"], { value: 3, kind: "exact" }]);
    expect(await found("ada")).toEqual([["rig1", "rig10", "rig100", "rig1000"], over]);
    expect(await found("elm")).toEqual([["desk1", "desk2", "desk3"], { value: 3, kind: "exact" }]);
    expect(await found(eve.id)).toEqual([["desk1", "desk2", "desk3"], { value: 3, kind: "exact" }]);
    expect((await found(ada.id))[1]).toEqual(over);
  }));
