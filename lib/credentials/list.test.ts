import { expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import type { Scope } from "@/db/enums";
import { accessTokens, clients, clientTokens, links, serviceAccounts, sessions } from "@/db/schema";
import { type Random, randomFrom } from "@/db/seed/random";
import { findClientOwner, listClients } from "@/lib/clients/queries";
import type { Ctx } from "@/lib/context";
import { readers } from "@/lib/credentials/arms";
import { credentialList } from "@/lib/credentials/filters";
import { servedCredentials } from "@/lib/credentials/list";
import type { ListedCredential } from "@/lib/credentials/rows";
import { findInvitation } from "@/lib/links/queries";
import { fullName } from "@/lib/normalization/names";
import { operationOf } from "@/lib/operations";
import { findPerson } from "@/lib/people/scoped";
import { findAccount } from "@/lib/people/service-accounts";
import { listActiveSessions } from "@/lib/sessions/active-users";
import { company } from "@/lib/testing/company";
import { as, rolledBack } from "@/lib/testing/database";
import { rounds, seedOfRun, tell } from "@/lib/testing/thorough";
import { makeWorld, storeWorld, type World } from "@/lib/testing/worlds";
import { servedTokens } from "@/lib/tokens/queries";

const seed = seedOfRun();
const hour = 3_600_000;

type Link = { id: string; purpose: "invitation" | "password_reset" | "email_change"; userId: string; open: boolean };

/** One of each kind for everybody, alive or not, by lot. */
async function credentialsFor(tx: Tx, random: Random, { people, now }: World) {
  const at = (hours: number) => new Date(now.getTime() + hours * hour);
  const made: Link[] = [];
  const accounts: string[] = [];
  const token = (name: string) => ({
    ...{ id: newId(), name, nameKey: name, hash: newId(), prefix: "gh", lastFour: "0000", operations: ["user.read"] },
    expiresAt: random.pick([null, at(1), at(-1)]),
    revokedAt: random.pick([null, null, at(-2)]),
  });
  for (const { id: userId } of people) {
    await tx.insert(accessTokens).values([
      { ...token("one"), userId },
      { ...token("two"), userId, replacedAt: random.pick([null, at(-1)]) },
    ]);
    const status = random.pick(["registered", "provisioned", "deregistered"] as const);
    const awaiting = status === "provisioned" || (status === "registered" && random.chance(0.4));
    const tokenExpiresAt = random.pick([at(1), at(-1)]);
    const shown = { tokenPrefix: "gh", tokenLastFour: "0000", tokenExpiresAt };
    const id = newId();
    await tx.insert(clients).values({ id, userId, name: "rig", nameKey: "rig", status, awaiting, ...shown });
    const ended = status === "deregistered" ? { revokedAt: at(-1) } : awaiting ? {} : { usedAt: at(-1) };
    await tx.insert(clientTokens).values({ clientId: id, hash: newId(), expiresAt: tokenExpiresAt, ...ended });
    await tx.insert(clientTokens).values({ clientId: id, hash: newId(), expiresAt: at(1), revokedAt: at(-1) });
    await tx.insert(sessions).values({
      ...{ userId, address: "192.0.2.1", agent: "curl/8", lastSeenAt: now, startedAt: at(-1) },
      ...{ endsAt: random.pick([at(1), at(-1)]), endedAt: random.pick([null, null, at(-1)]) },
      stage: random.pick(["open", "open", "second_factor"] as const),
    });
    for (const purpose of ["invitation", "password_reset", "email_change"] as const) {
      const link = { id: newId(), purpose, userId };
      const end = random.pick([{}, {}, { usedAt: at(-1) }, { revokedAt: at(-1) }]);
      const expiresAt = random.pick([at(1), at(-1)]);
      await tx.insert(links).values({ ...link, hash: link.id, expiresAt, ...end });
      made.push({ ...link, open: expiresAt > now && Object.keys(end).length === 0 });
    }
    const account = newId();
    const ownerId = random.chance(0.8) ? userId : null;
    await tx.insert(serviceAccounts).values({ id: account, name: account, nameKey: account, ownerId });
    await tx.insert(accessTokens).values({ ...token("ci"), serviceAccountId: account });
    accounts.push(account);
  }
  return { made, accounts };
}

/** What the separate pages show as alive to one reader. */
async function onTheirPages(ctx: Ctx, { people }: World, made: Link[], accounts: string[]): Promise<string[]> {
  const found: string[] = [];
  const addTokens = async (holder: Parameters<typeof servedTokens.page>[2]) => {
    const { rows } = await servedTokens.page(ctx, {}, holder);
    const alive = rows.filter(({ status }) => status === "active" || status === "replaced");
    found.push(...alive.map(({ id }) => `access_token ${id}`));
  };
  for (const { id } of people) {
    const holder = await findPerson(ctx, "token.read", id);
    if (holder) await addTokens({ id, name: fullName(holder), ownerId: id, account: false });
    const owner = await findClientOwner(ctx, id);
    for (const client of owner ? (await listClients(ctx, owner)).rows : []) {
      if (client.status === "registered" && !client.awaiting) found.push(`client ${client.id}`);
      if (client.awaiting && client.tokenExpiresAt > ctx.now()) found.push(`provision_token ${client.id}`);
    }
    const invitation = await findInvitation(ctx, id);
    const seen = await findPerson(ctx, "user.read", id);
    for (const link of made.filter(({ userId }) => userId === id)) {
      if (link.purpose === "invitation" && invitation?.state === "open") found.push(`invitation ${link.id}`);
      if (link.purpose === "password_reset" && seen && link.open) found.push(`password_reset ${link.id}`);
    }
  }
  for (const id of accounts) {
    const account = await findAccount(ctx, "token.read", id);
    if (account) await addTokens({ id, name: account.name, ownerId: account.ownerId, account: true });
  }
  const open = await listActiveSessions(ctx, { q: "" });
  return [...found, ...open.rows.map(({ id }) => `session ${id}`)].toSorted();
}

async function listed(ctx: Ctx): Promise<ListedCredential[]> {
  const rows: ListedCredential[] = [];
  for (let after: string | undefined; ; ) {
    const page = await servedCredentials.page(ctx, { ...credentialList.usual, after }, undefined);
    rows.push(...page.rows);
    if (!page.next) return rows;
    after = page.next;
  }
}

test("R11: shows everybody exactly what the pages of each kind show them as alive", async () => {
  const random = randomFrom(seed);
  let [readers_, credentials, blind] = [0, 0, 0];
  for (let round = 0; round < rounds(4, 100); round++)
    await rolledBack(async (tx) => {
      const world = makeWorld(random);
      for (const role of world.roles.filter(({ admin }) => !admin))
        for (const operation of readers) {
          if (role.operations.some((held) => held.operation === operation) || random.chance(0.4)) continue;
          const scopes: readonly Scope[] = operationOf(operation).scopes;
          role.operations.push({ operation, scope: random.pick([...scopes]) });
        }
      await storeWorld(tx, world);
      const { made, accounts } = await credentialsFor(tx, random, world);
      for (const person of world.people) {
        const ctx = await as(tx, person, () => world.now);
        const rows = await listed(ctx);
        expect(rows.map(({ kind, id }) => `${kind} ${id}`).toSorted(), `seed ${seed}, round ${round}`).toEqual(
          await onTheirPages(ctx, world, made, accounts),
        );
        readers_ += 1;
        credentials += rows.length;
        if (rows.length === 0) blind += 1;
      }
    });
  expect(credentials).toBeGreaterThan(100);
  tell("Credentials beside the pages of each kind", { seed, readers: readers_, credentials, "see nothing": blind });
}, 600_000);

test("says whose it is, who made it and when it was used, and nothing that opens it", () =>
  rolledBack(async (tx) => {
    const { ada, lee, eve } = await company(tx);
    const used = new Date("2026-01-05T10:00:00Z");
    await tx.insert(accessTokens).values({
      ...{ userId: eve.id, name: "nightly", nameKey: "nightly", hash: "a-hash", prefix: "gh_pat_", lastFour: "9fKa" },
      ...{ operations: ["user.read"], createdBy: ada.id, lastUsedAt: used },
    });
    const [row, ...more] = await listed(await as(tx, ada));
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      kind: "access_token",
      name: "nightly",
      lastFour: "9fKa",
      user: { id: eve.id, name: "Eve Engineer", username: "eve", visible: true },
      serviceAccount: null,
      maker: "Ada Admin",
      lastUsedAt: used,
      expiresAt: null,
      own: false,
    });
    expect(JSON.stringify(row)).not.toContain("a-hash");
    expect(await listed(await as(tx, lee))).toEqual([]);
    expect(await listed(await as(tx, eve))).toMatchObject([{ id: row?.id, maker: "an administrator" }]);
  }));
