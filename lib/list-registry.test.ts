import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { clientStatuses, connections } from "@/db/enums";
import {
  accessTokens,
  clients,
  clientTokens,
  groups,
  links,
  mails,
  resources,
  serviceAccounts,
  sessions,
  users,
} from "@/db/schema";
import { type Random, randomFrom } from "@/db/seed/random";
import { exportEvents } from "@/lib/audit-log/export";
import { accountStatuses, accountStatusOf } from "@/lib/authz/service-account-status";
import { connectionAt } from "@/lib/clients/connection";
import type { Ctx } from "@/lib/context";
import { kindKeys } from "@/lib/credentials/kinds";
import { servedLists, wholeLists } from "@/lib/list-registry";
import type { AnyList, FilterOf } from "@/lib/lists/declare-list";
import { filterFields } from "@/lib/lists/filter-fields";
import type { Page } from "@/lib/lists/pagination";
import type { Served } from "@/lib/lists/serve-list";
import { fullName } from "@/lib/normalization/names";
import { isFound } from "@/lib/normalization/search";
import { rolledBack } from "@/lib/testing/database";
import { listedWorld } from "@/lib/testing/listed-world";
import { isTest, projectFiles, textOf } from "@/lib/testing/sources";
import { rounds, seedOfRun, tell } from "@/lib/testing/thorough";
import { dayOf } from "@/lib/time/calendar";

type Row = { id: string };
type World = Awaited<ReturnType<typeof listedWorld>>;

/** What a list must show, as plain data and plain checks that know no SQL. */
type Spec<L extends AnyList, R, Of, Item extends Row = Row> = {
  served: Served<L, Page<R>, Of>;
  of: Of;
  items: Item[];
  /** Texts for the search box, and whether an item is found by one. */
  searches?: string[];
  found?: (item: Item, q: string) => boolean;
  /** What each filter may be asked for, and whether an item fits one of the values. */
  filters: { [K in FilterOf<L>]: { values: string[]; fits: (item: Item, values: string[]) => boolean } };
  view?: (item: Item) => string;
  /** By what an item is identified; names for lists with sorts. */
  order: (item: Item, sort: string, view: string) => string | number;
  descending?: true;
  /** Takes one row away and puts another in, equal to it in every sort. */
  disturb?: (tx: Tx, id: string) => Promise<void>;
};
// biome-ignore lint/suspicious/noExplicitAny: each list has items of its own
type AnySpec = Spec<any, any, any, any>;

const specOf = <L extends AnyList, R, Of, Item extends Row>(spec: Spec<L, R, Of, Item>): AnySpec => spec;

const zone = "UTC";
const seed = seedOfRun();
const time = (at: Date | null | undefined) => at?.getTime() ?? Number.NEGATIVE_INFINITY;
const inAny = (held: (string | null)[], values: string[]) => held.some((one) => one !== null && values.includes(one));

function specsOf(world: World): Record<keyof typeof servedLists, AnySpec> {
  const { people, leads, auditor, now } = world;
  const ids = leads.map(({ id }) => id);
  const namedBy = (person: World["people"][number], q: string) =>
    isFound(q, person.firstName, person.lastName, person.username, person.email);
  const ofOwner = new Map(people.map((person) => [person.id, person]));
  const owns = (userId: string, q: string) => namedBy(ofOwner.get(userId)!, q);
  const idle = (used: Date | null, createdAt: Date, value: string) => {
    if (value === "never") return used === null;
    const since = now.getTime() - Number(value) * 86_400_000;
    return time(used) < since && time(createdAt) < since;
  };
  const dormant = ({ lastSignInAt, createdAt }: World["people"][number], value: string) =>
    idle(lastSignInAt, createdAt, value);
  const unused = ({ lastUsedAt, createdAt }: World["credentials"][number], value: string) =>
    idle(lastUsedAt, createdAt, value);
  const connectionOf = (client: World["clients"][number]) =>
    connectionAt({ ...client, paused: ["disabled", "archived"].includes(client.ownerStatus) }, now);
  const byName = (item: World["people"][number]) => fullName(item);
  return {
    users: specOf({
      served: servedLists.users,
      of: undefined,
      items: people,
      searches: ["ada", "el", "u04", "northwind", "cyd ash"],
      found: namedBy,
      filters: {
        status: {
          values: ["active", "disabled", "invited", "locked"],
          fits: ({ status }, values) => values.includes(status),
        },
        role: {
          values: [auditor, ...new Set(people.map((one) => one.primaryRoleId))],
          fits: (item, values) => inAny(item.roleIds, values),
        },
        group: {
          values: [world.largest.id, ...world.groups.slice(1, 4).map(({ id }) => id)],
          fits: (item, values) => inAny(item.groupIds, values),
        },
        configuration: {
          values: ["default", "entra", "okta", "none"],
          fits: (item, values) => values.includes(item.configuration),
        },
        manager: { values: ids, fits: (item, values) => inAny([item.managerId], values) },
        dormant: {
          values: ["never", "30", "365"],
          fits: (item, values) => values.some((value) => dormant(item, value)),
        },
      },
      view: ({ status }) => (status === "archived" ? "archived" : "active"),
      order: (item, sort, view) => {
        if (sort === "status") return view === "archived" ? byName(item) : item.status;
        if (sort === "createdAt" || sort === "lastSignInAt") return time(item[sort]);
        return sort === "name" ? byName(item) : item[sort as "username" | "email" | "configuration"];
      },
      async disturb(tx, id) {
        const [gone] = await tx.update(users).set({ status: "archived" }).where(eq(users.id, id)).returning();
        const { username: _, ...same } = gone!;
        const key = newId();
        await tx
          .insert(users)
          .values({ ...same, id: key, status: "active", username: key, usernameKey: key, email: key, emailKey: key });
      },
    }),
    groups: specOf({
      served: servedLists.groups,
      of: undefined,
      items: world.groups,
      searches: ["nightly", "gr", "007", "nothing"],
      found: ({ name, description }, q) => isFound(q, name, description),
      filters: {
        owner: { values: ids, fits: ({ ownerId }, values) => inAny([ownerId], values) },
        role: { values: [auditor, people[0]!.primaryRoleId], fits: ({ roleIds }, values) => inAny(roleIds, values) },
      },
      order: (item, sort) => (sort === "name" ? item.name : time(item.createdAt)),
      async disturb(tx, id) {
        const [gone] = await tx.delete(groups).where(eq(groups.id, id)).returning();
        await tx
          .insert(groups)
          .values({ ...gone!, id: newId(), name: `${gone!.name} again`, nameKey: `${gone!.nameKey} again` });
      },
    }),
    members: specOf({
      served: servedLists.members,
      of: world.largest.id,
      items: people.filter(({ groupIds, status }) => groupIds.includes(world.largest.id) && status !== "archived"),
      searches: ["ada", "el"],
      found: namedBy,
      filters: {},
      order: byName,
    }),
    clients: specOf({
      served: servedLists.clients,
      of: world.owner,
      items: world.clients.filter(({ userId }) => userId === world.owner.id),
      filters: {},
      order: ({ name }) => name,
    }),
    allClients: specOf({
      served: servedLists.allClients,
      of: undefined,
      items: world.clients.map((client) => ({ ...client, connection: connectionOf(client) })),
      searches: ["ada", "rig 04", "u04", "el", "northwind"],
      found: ({ userId, name }, q) => owns(userId, q) || isFound(q, name),
      filters: {
        status: { values: [...clientStatuses], fits: ({ status }, values) => values.includes(status) },
        connection: { values: [...connections], fits: ({ connection }, values) => values.includes(connection) },
        version: {
          values: ["outdated", "unknown", "2.9.0", "v3.0.1-beta", "nightly"],
          fits: ({ version }, values) =>
            (values.includes("outdated") && version === "2.9.0") ||
            (values.includes("unknown") && version === null) ||
            inAny([version], values),
        },
        owner: { values: [world.owner.id, ...ids], fits: ({ userId }, values) => inAny([userId], values) },
        group: {
          values: [world.largest.id, ...world.groups.slice(1, 4).map(({ id }) => id)],
          fits: ({ userId }, values) => ofOwner.get(userId)!.groupIds.some((id) => values.includes(id)),
        },
      },
      order: ({ name, lastHeartbeatAt }, sort) => (sort === "name" ? name : time(lastHeartbeatAt)),
      async disturb(tx, id) {
        const [gone] = await tx.delete(clients).where(eq(clients.id, id)).returning();
        await tx
          .insert(clients)
          .values({ ...gone!, id: newId(), name: `${gone!.name} again`, nameKey: `${gone!.nameKey} again` });
      },
    }),
    credentials: specOf({
      served: servedLists.credentials,
      of: undefined,
      items: world.credentials,
      searches: ["ada", "el", "robot", "nothing"],
      found: ({ userId, accountName }, q) =>
        userId ? owns(userId, q) : accountName !== null && isFound(q, accountName),
      filters: {
        kind: { values: [...kindKeys], fits: ({ kind }, values) => values.includes(kind) },
        person: { values: [world.owner.id, ...ids], fits: ({ userId }, values) => inAny([userId], values) },
        account: {
          values: ["active", "invited", "disabled", "locked", "service_account"],
          fits: ({ account }, values) => values.includes(account),
        },
        unused: {
          values: ["never", "30", "365"],
          fits: (item, values) => values.some((value) => unused(item, value)),
        },
      },
      order: (item, sort) => time(item[sort as "createdAt" | "lastUsedAt"]),
      disturb: replaceCredential,
    }),
    resources: specOf({
      served: servedLists.resources,
      of: undefined,
      items: world.resources,
      searches: ["night", "ext-04", "on", "nothing"],
      found: ({ name, externalId }, q) => isFound(q, name, externalId),
      filters: {
        type: { values: ["assistant", "project"], fits: ({ type }, values) => values.includes(type) },
        owner: {
          values: world.resources.flatMap(({ ownerId }) => ownerId ?? []).slice(0, 8),
          fits: ({ ownerId }, values) => inAny([ownerId], values),
        },
        ownership: { values: ["left"], fits: ({ ownerLeft }) => ownerLeft },
        externalId: { values: ["ext-007", "ext-008"], fits: ({ externalId }, values) => values.includes(externalId) },
        updatedAfter: {
          values: [30, 200].map((days) => new Date(now.getTime() - days * 86_400_000).toISOString()),
          fits: ({ updatedAt }, [after]) => updatedAt > new Date(after ?? ""),
        },
      },
      order: (item, sort) => (sort === "name" ? item.name : time(item.updatedAt)),
      async disturb(tx, id) {
        const [gone] = await tx.delete(resources).where(eq(resources.id, id)).returning();
        await tx.insert(resources).values({ ...gone!, id: newId(), externalId: newId() });
      },
    }),
    tokens: specOf({
      served: servedLists.tokens,
      of: { id: world.owner.id, name: world.owner.name, ownerId: world.owner.id, account: false },
      items: world.tokens.filter(({ userId }) => userId === world.owner.id),
      filters: {},
      order: ({ name }) => name,
    }),
    serviceAccounts: specOf({
      served: servedLists.serviceAccounts,
      of: undefined,
      items: world.accounts,
      searches: ["robot", "07", "nothing"],
      found: ({ name }, q) => isFound(q, name),
      filters: {
        status: {
          values: [...accountStatuses],
          fits: ({ disabledAt, ownerStatus }, values) => values.includes(accountStatusOf(disabledAt, ownerStatus)),
        },
        owner: { values: ids, fits: ({ ownerId }, values) => inAny([ownerId], values) },
      },
      order: ({ name, createdAt }, sort) => (sort === "name" ? name : time(createdAt)),
      async disturb(tx, id) {
        const [gone] = await tx.delete(serviceAccounts).where(eq(serviceAccounts.id, id)).returning();
        await tx
          .insert(serviceAccounts)
          .values({ ...gone!, id: newId(), name: `${gone!.name} again`, nameKey: `${gone!.nameKey} again` });
      },
    }),
    activeUsers: specOf({
      served: servedLists.activeUsers,
      of: undefined,
      items: world.sessions.filter(({ ownerStatus }) => ["active", "locked"].includes(ownerStatus)),
      searches: ["ada", "192.0", "el"],
      found: ({ userId, address }, q) => owns(userId, q) || address.startsWith(q),
      filters: {},
      order: ({ lastSeenAt }) => time(lastSeenAt),
      descending: true,
    }),
    activeClients: specOf({
      served: servedLists.activeClients,
      of: undefined,
      items: world.clients.filter((client) => client.status === "registered" && connectionOf(client) === "online"),
      searches: ["ada", "rig", "04"],
      found: ({ userId, name }, q) => owns(userId, q) || isFound(q, name),
      filters: {},
      order: ({ registeredAt }) => time(registeredAt),
      descending: true,
    }),
    lockedUsers: specOf({
      served: servedLists.lockedUsers,
      of: undefined,
      items: people.filter(({ status }) => status === "locked"),
      searches: ["ada", "el"],
      found: namedBy,
      filters: {},
      order: ({ lockedAt }) => time(lockedAt),
      descending: true,
    }),
    mails: specOf({
      served: servedLists.mails,
      of: undefined,
      items: world.mails,
      searches: [leads[0]!.username, "nothing"],
      found: ({ userId }, q) => userId !== null && owns(userId, q),
      filters: {
        status: { values: ["waiting", "sent", "failed"], fits: ({ status }, values) => values.includes(status) },
      },
      order: ({ createdAt }) => time(createdAt),
      descending: true,
      async disturb(tx, id) {
        const [gone] = await tx.delete(mails).where(eq(mails.id, id)).returning();
        await tx.insert(mails).values({ ...gone!, id: newId() });
      },
    }),
    events: specOf({
      served: servedLists.events,
      of: { zone },
      items: world.events,
      searches: [leads[0]!.username, "nothing"],
      found: ({ actorId, personId }, q) => [actorId, personId].some((id) => id !== null && owns(id, q)),
      filters: {
        actor: {
          values: ids,
          fits: ({ operation, outcome, actorKind, personId, actorId }, values) =>
            inAny([actorId], values) ||
            (actorKind === "nobody" &&
              operation === "session.start" &&
              outcome === "succeeded" &&
              inAny([personId], values)),
        },
        about: { values: ids, fits: ({ personId }, values) => inAny([personId], values) },
        person: { values: ids, fits: ({ personId, actorId }, values) => inAny([personId, actorId], values) },
        operation: {
          values: ["user.update", "user.disable", "user.archive"],
          fits: ({ operation }, values) => values.includes(operation),
        },
        outcome: {
          values: ["succeeded", "refused", "failed"],
          fits: ({ outcome }, values) => values.includes(outcome),
        },
        target: { values: ids, fits: ({ targetId }, values) => inAny([targetId], values) },
        serviceAccount: {
          values: ids,
          fits: ({ targetId, actorId }, values) => inAny([targetId, actorId], values),
        },
        signIns: {
          values: ["hidden"],
          fits: ({ operation }) => !/^session\.(start|refuse|verify|sign_out)$/.test(operation),
        },
        last: {
          values: ["24h", "7d", "30d"],
          fits: ({ at }, [last]) => time(at) > now.getTime() - { "24h": 1, "7d": 7, "30d": 30 }[last!]! * 86_400_000,
        },
        from: {
          values: world.events.slice(0, 9).map(({ at }) => dayOf(at, zone)),
          fits: ({ at }, [from]) => dayOf(at, zone) >= from!,
        },
        to: {
          values: world.events.slice(0, 9).map(({ at }) => dayOf(at, zone)),
          fits: ({ at }, [to]) => dayOf(at, zone) <= to!,
        },
      },
      order: ({ at }) => time(at),
      descending: true,
    }),
  };
}

/** Another of the same kind in place of one, with the same times. */
async function replaceCredential(tx: Tx, id: string): Promise<void> {
  const again = newId();
  for (const table of [accessTokens, sessions, links]) {
    const [gone] = await tx.delete(table).where(eq(table.id, id)).returning();
    if (gone) return void (await tx.insert(table).values({ ...gone, id: again, hash: again, nameKey: again } as never));
  }
  const tokens = await tx.select().from(clientTokens).where(eq(clientTokens.clientId, id));
  const [client] = await tx.delete(clients).where(eq(clients.id, id)).returning();
  await tx.insert(clients).values({ ...client!, id: again, nameKey: again });
  for (const token of tokens)
    await tx.insert(clientTokens).values({ ...token, id: newId(), clientId: again, hash: newId() });
}

/** Every page to the last and back to the first, each row once; gives the ids in their order. */
async function walk(ctx: Ctx, { served, of }: AnySpec, filters: object): Promise<string[]> {
  const there: string[][] = [];
  let page = await served.page(ctx, filters, of);
  for (;;) {
    there.push(page.rows.map(({ id }: Row) => id));
    expect(page.from).toBe(page.rows.length === 0 ? 0 : there.slice(0, -1).flat().length + 1);
    if (!page.next) break;
    page = await served.page(ctx, { ...filters, after: page.next }, of);
  }
  const found = there.flat();
  expect(new Set(found).size, "a row is on two pages").toBe(found.length);
  if (page.total.kind === "exact") expect(page.total.value).toBe(found.length);
  const back = [there.at(-1)];
  while (page.previous) {
    page = await served.page(ctx, { ...filters, before: page.previous }, of);
    back.unshift(page.rows.map(({ id }: Row) => id));
  }
  expect(back).toEqual(there);
  return found;
}

/** The items that an address asks for, in no order. */
function wanted({ items, view, filters, found }: AnySpec, params: Record<string, string | string[]>): string[] {
  const shown = String(params.view ?? "active");
  const fits = (item: Row) =>
    (!view || view(item) === shown) &&
    (!params.q || !found || found(item, String(params.q))) &&
    Object.entries(filters).every(([name, { fits }]) => !params[name] || fits(item, [params[name]].flat()));
  return items.filter(fits).map(({ id }: Row) => id);
}

/** Two days given the wrong way round are those days all the same. */
function inOrder({ from, to, ...others }: Record<string, string | string[]>): Record<string, string | string[]> {
  const days = [from, to].filter((day) => day !== undefined).toSorted();
  return { ...others, ...(from && { from: days[0] ?? "" }), ...(to && { to: days.at(-1) ?? "" }) };
}

function draw(random: Random, { served: { list }, searches, filters }: AnySpec) {
  const params: Record<string, string | string[]> = {};
  if (searches && random.chance(0.3)) params.q = random.pick(searches);
  const view = list.views ? random.pick(Object.keys(list.views)) : "active";
  if (view !== "active") params.view = view;
  const meaningless: readonly string[] = list.views?.[view]?.without ?? [];
  for (const [name, { values }] of Object.entries(filters as AnySpec["filters"])) {
    if (meaningless.includes(name) || !random.chance(0.4)) continue;
    const once = ["link", "day", "switch"].includes(list.filters[name].kind);
    params[name] = once ? random.pick(values) : [...new Set([random.pick(values), random.pick(values)])];
  }
  if (list.sorts) params.sort = `${random.pick(["", "-"])}${random.pick(Object.keys(list.sorts))}`;
  return params;
}

const names = Object.keys(servedLists) as (keyof typeof servedLists)[];
const inWorld = (work: (tx: Tx, world: World, specs: Record<keyof typeof servedLists, AnySpec>) => Promise<void>) =>
  rolledBack(async (tx) => {
    const world = await listedWorld(tx, randomFrom(seed));
    await work(tx, world, specsOf(world));
  });

describe("every list that is served by pages", () => {
  test(
    "shows each row once in every sort and view, in its order, and the same on the way back",
    () =>
      inWorld(async (_, { ctx }, specs) => {
        for (const name of names) {
          const spec = specs[name];
          const { list } = spec.served;
          expect(wanted(spec, {}).length, name).toBeGreaterThan(50);
          const sorts = list.sorts ? Object.keys(list.sorts).flatMap((by) => [by, `-${by}`]) : [""];
          for (const view of list.views ? Object.keys(list.views) : ["active"])
            for (const sort of sorts) {
              const params = { ...(sort && { sort }), ...(list.views && { view }) };
              const ids = await walk(ctx, spec, list.read(params).filters);
              expect(ids.toSorted(), `${name} ${view} ${sort}`).toEqual(wanted(spec, inOrder(params)).toSorted());
              const of = new Map(spec.items.map((item: Row) => [item.id, item]));
              const keys = ids.map((id) => spec.order(of.get(id), sort.replace("-", ""), view));
              const down = spec.descending ?? sort.startsWith("-");
              const steps = keys.slice(1).map((key, at) => (down ? key <= keys[at]! : key >= keys[at]!));
              expect(steps.every(Boolean), `${name} ${view} ${sort}`).toBe(true);
            }
        }
      }),
    120_000,
  );

  test(
    "loses and repeats no row while others come and go among those that are equal to it",
    () =>
      inWorld(async (tx, { ctx }, specs) => {
        for (const name of names) {
          const spec = specs[name];
          const { list } = spec.served;
          for (const sort of list.sorts ? Object.keys(list.sorts) : [""]) {
            if (!spec.disturb) continue;
            const { filters } = list.read(sort ? { sort } : {});
            const before: string[] = await walk(ctx, spec, filters);
            const gone: string[] = [];
            const found: string[] = [];
            let page = await spec.served.page(ctx, filters, spec.of);
            for (;;) {
              found.push(...page.rows.map(({ id }: Row) => id));
              if (!page.next) break;
              gone.push(page.rows[25].id, page.rows.at(-1).id);
              for (const id of gone.slice(-2)) await spec.disturb(tx, id);
              page = await spec.served.page(ctx, { ...filters, after: page.next }, spec.of);
            }
            expect(new Set(found).size, `${name} ${sort}`).toBe(found.length);
            expect(gone.length).toBeGreaterThan(2);
            expect(
              before.filter((id) => !found.includes(id)),
              `${name} ${sort}`,
            ).toEqual([]);
          }
        }
      }),
    120_000,
  );

  test(
    "filters and searches as a plain check of each row does, in any combination",
    () =>
      inWorld(async (_, { ctx }, specs) => {
        const random = randomFrom(seed);
        let rows = 0;
        for (const name of names) {
          const spec = specs[name];
          const { list } = spec.served;
          const single = Object.entries(spec.filters as AnySpec["filters"]).flatMap(([filter, { values }]) =>
            values.map((value: string): Record<string, string | string[]> => ({ [filter]: value })),
          );
          const searched = (spec.searches ?? []).map((q): Record<string, string | string[]> => ({ q }));
          const drawn = Array.from({ length: rounds(12, 200) }, () => draw(random, spec));
          for (const params of [...single, ...searched, ...drawn]) {
            const { filters, ignored } = list.read(params);
            expect(ignored, name).toEqual([]);
            const ids = await walk(ctx, spec, filters);
            expect(ids.toSorted(), `${name} ${JSON.stringify(params)}`).toEqual(
              wanted(spec, inOrder(params)).toSorted(),
            );
            rows += ids.length;
          }
        }
        expect(rows).toBeGreaterThan(1_000);
        tell("Lists against a plain check", { seed, rows });
      }),
    600_000,
  );

  test(
    "refuses a cursor of another list, sort or filter, and a page asks without it",
    () =>
      inWorld(async (_, { ctx }, specs) => {
        const cursors = new Map<string, string>();
        for (const name of names) {
          const { served, of } = specs[name];
          const { next } = await served.page(ctx, served.list.usual, of);
          expect(next, name).not.toBeNull();
          cursors.set(name, next ?? "");
        }
        for (const name of names) {
          const { served, of, filters } = specs[name];
          const foreign = [...cursors].filter(([other]) => other !== name).map(([, after]) => ({ after }));
          const own = { after: cursors.get(name)! };
          const narrowed = Object.entries(filters as AnySpec["filters"]).map(([filter, { values }]) => ({
            ...own,
            [filter]: values[0],
          }));
          const resorted = served.list.sorts ? [{ ...own, sort: `-${Object.keys(served.list.sorts)[0]}` }] : [];
          expect(served.ask(own, of).fits, name).toBe(true);
          for (const params of [
            ...foreign,
            ...narrowed,
            ...resorted,
            { after: "torn" },
            { ...own, before: own.after },
          ]) {
            const asked = served.ask(params, of);
            expect(asked.fits, `${name} ${JSON.stringify(params)}`).toBe(false);
            expect(asked.filters.after ?? asked.filters.before, name).toBeUndefined();
            await expect(served.page(ctx, { ...asked.filters, ...params }, of)).rejects.toMatchObject({
              code: "invalid",
            });
          }
        }
      }),
    120_000,
  );

  test(
    "names what a filter is asked for, and calls unknown what is gone",
    () =>
      inWorld(async (_, { ctx }, specs) => {
        for (const name of names) {
          const { served, filters } = specs[name];
          const { list } = served;
          for (const [filter, { values }] of Object.entries(filters as AnySpec["filters"])) {
            const asked = list.read({ [filter]: values }).filters;
            const labels = await served.labels(ctx, asked);
            const field = filterFields(list, asked, labels).find((shown) => shown.name === filter);
            if (["day", "switch"].includes(list.filters[filter].kind)) continue;
            expect(field?.label, `${name} ${filter}`).toBe(list.filters[filter].label);
            expect(field?.chosen.length, `${name} ${filter}`).toBe([asked[filter]].flat().length);
            for (const { label } of field?.chosen ?? []) expect(label, `${name} ${filter}`).toMatch(/^(?!unknown).+/);
          }
          for (const [filter, find] of Object.entries(
            served.choices as Record<string, AnySpec["served"]["choices"][string]>,
          )) {
            expect((await find(ctx, "")).length, `${name} ${filter}`).toBeGreaterThan(0);
            const gone = await served.labels(ctx, list.read({ [filter]: newId() }).filters);
            expect(gone[filter], `${name} ${filter}`).toHaveLength(1);
          }
        }
      }),
    120_000,
  );
});

test(
  "an export contains the events of the pages, in their order, under the declared columns",
  () =>
    inWorld(async (_, { ctx }, specs) => {
      const { list } = servedLists.events;
      const random = randomFrom(seed);
      for (let round = 0; round < 8; round++) {
        const { filters } = list.read(round === 0 ? {} : draw(random, specs.events));
        const ids = await walk(ctx, { ...specs.events, of: { zone } }, filters);
        const text: string[] = [];
        for await (const piece of await exportEvents(ctx, { filters, zone }, "csv")) text.push(piece);
        const [head, ...lines] = text.join("").trimEnd().split("\r\n");
        expect(head).toBe(
          Object.values(list.columns)
            .map((label) => `"${label}"`)
            .join(","),
        );
        const exported = lines.map((line) => /"([^"]+)"$/.exec(line)?.[1]);
        expect(exported.filter((id) => ids.includes(id ?? ""))).toEqual(ids);
        expect(exported.length - ids.length).toBeLessThanOrEqual(round + 1);
      }
    }),
  120_000,
);

describe("the declaration of every list", () => {
  const lists: AnyList[] = [
    ...new Set([...Object.values(servedLists).map(({ list }) => list as AnyList), ...wholeLists]),
  ];

  test("is in the registry", () => {
    const declared = projectFiles
      .filter((path) => path.startsWith("lib/") && !isTest(path) && !path.startsWith("lib/lists/"))
      .flatMap((path) => [...textOf(path).matchAll(/\{\s+name: "([^"]+)",\s+path:/g)].map(([, name]) => name));
    expect(declared.length).toBeGreaterThan(10);
    expect(lists.map(({ name }) => name).toSorted()).toEqual(declared.toSorted());
  });

  test.each(lists.map((list) => [list.name, list] as const))(
    "%s: has a label for its table, columns, sorts, views and filters",
    (_, list) => {
      const { label, columns, sorts = {}, views = {}, filters = {}, search = "Name" } = list;
      const heads = Object.entries(columns).map(([key, head]) => (head === true ? sorts[key] : head));
      const others = [...Object.values(sorts), ...Object.values(views).flatMap((view) => [view.label, view.title])];
      const labels = [label, search, ...heads, ...others, ...Object.values(filters).map((filter) => filter.label)];
      for (const one of labels) expect(one).toMatch(/^\S.*\S$/);
      expect(new Set(heads).size).toBe(heads.length);
      expect(list.path).toMatch(/^\/(admin|account)\//);
    },
  );

  test.each(lists.map((list) => [list.name, list] as const))(
    "%s: leaves out what it does not understand, and names it",
    (_, list) => {
      const known = [
        ...(list.views ? ["view"] : []),
        ...(list.sorts ? ["sort"] : []),
        ...Object.keys(list.filters ?? {}),
      ];
      const nonsense = "\u0000";
      const { filters, ignored } = list.read({
        ...Object.fromEntries(known.map((name) => [name, nonsense])),
        colour: "red",
      });
      expect(ignored).toEqual(known.map((name) => `${name}=${nonsense}`));
      expect(filters).toEqual(list.usual);
      expect(list.toHref(filters)).toBe(list.path);
      expect(list.isFiltered(filters)).toBe(false);
    },
  );
});
