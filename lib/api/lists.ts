import { z } from "zod";
import type { Endpoint } from "@/lib/api/endpoint";
import { outOfSight, ownerShown, read } from "@/lib/api/reads";
import * as shapes from "@/lib/api/shapes";
import { totalOf } from "@/lib/api/total";
import type { LoggedEvent } from "@/lib/audit/event";
import { statusAt } from "@/lib/authz/account-status";
import { findClientOwner } from "@/lib/clients/queries";
import type { Ctx } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { servedLists, wholeLists } from "@/lib/list-registry";
import type { AnyList, FiltersOf } from "@/lib/lists/declare-list";
import { longestPage, type Page, pageSize, type Total } from "@/lib/lists/pagination";
import type { Served } from "@/lib/lists/serve-list";
import { findGroup } from "@/lib/memberships/scoped";
import { fullName } from "@/lib/normalization/names";
import type { OperationKey } from "@/lib/operations";
import { findPerson } from "@/lib/people/scoped";
import { uuid } from "@/lib/platform/uuid";
import { listRoles } from "@/lib/roles/list";

type Listed = { path: string; name: string; summary: string; tag: string; operation: OperationKey; item: z.ZodType };

const pageOf = (item: z.ZodType) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().meta({ description: "Goes into `after` for the next page; null at the end." }),
    total: shapes.totalShape,
  });

const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(longestPage)
  .default(pageSize)
  .meta({ description: `Items of a page, at most ${longestPage}.` });

/** The query of a list: the filters and sorts of its screen by their names, without the way back (P2). */
function queryOf({ schema }: AnyList) {
  const { before: _, ...shape } = (schema as unknown as z.ZodObject).shape;
  return shape;
}

type ListedFrom<L extends AnyList, Row, Of> = Listed & {
  served: Served<L, Page<Row>, Of>;
  /** What the list is about; throws `not_found` for what is out of sight. */
  of: (ctx: Ctx, id: string) => Promise<Of> | Of;
  /** The parameter of the path. */
  about?: string;
  itemOf: (row: Row) => unknown;
};

function list<L extends AnyList, Row, Of>(declared: ListedFrom<L, Row, Of>): Endpoint {
  const { served, of, about, item, itemOf, ...more } = declared;
  return read({
    ...more,
    input: z.strictObject({ ...(about && { [about]: uuid() }), ...queryOf(served.list), limit }),
    gives: pageOf(item),
    async read(ctx, { limit: most, ...given }) {
      const { [about ?? ""]: id, ...filters } = given as Record<string, unknown>;
      const subject = await of(ctx, String(id));
      const page = await served.page(ctx, filters as FiltersOf<L>, subject, most as number);
      return { items: page.rows.map(itemOf), next: page.next, total: totalOf(page.total) };
    },
  });
}

const [roleList] = wholeLists;
const nothing = () => undefined;

export const lists: Endpoint[] = [
  list({
    ...{ path: "/users", name: "user.list", summary: "List users", tag: "Users", operation: "user.read" },
    item: shapes.listedUserShape,
    served: servedLists.users,
    of: nothing,
    itemOf: (row) => row,
  }),
  list({
    ...{ path: "/groups", name: "group.list", summary: "List groups", tag: "Groups", operation: "group.read" },
    item: shapes.listedGroupShape,
    served: servedLists.groups,
    of: nothing,
    itemOf: (row) => ({ ...row, owner: ownerShown(row.owner), members: totalOf(row.members) }),
  }),
  list({
    ...{ path: "/groups/{groupId}/members", name: "group.list_members", summary: "List the members of a group" },
    ...{ tag: "Groups", operation: "group.read" as const, about: "groupId" },
    item: shapes.memberShape,
    served: servedLists.members,
    async of(ctx, id) {
      const group = await findGroup(ctx, id);
      if (!group) throw notFound("The group");
      return group.id;
    },
    itemOf: (row) => row,
  }),
  list({
    ...{ path: "/users/{userId}/clients", name: "client.list", summary: "List the clients of a user" },
    ...{ tag: "Clients", operation: "client.read" as const, about: "userId" },
    item: shapes.listedClientShape,
    served: servedLists.clients,
    async of(ctx, id) {
      const owner = await findClientOwner(ctx, id);
      if (!owner) throw notFound("The user");
      return owner;
    },
    itemOf: (row) => row,
  }),
  list({
    ...{ path: "/users/{userId}/tokens", name: "token.list", summary: "List the access tokens of a user" },
    ...{ tag: "Tokens", operation: "token.read" as const, about: "userId" },
    item: shapes.tokenShape,
    served: servedLists.tokens,
    async of(ctx, id) {
      const person = await findPerson(ctx, "token.read", id);
      if (!person) throw notFound("The user");
      return { id: person.id, name: fullName(person), status: statusAt(person, ctx.now()) };
    },
    itemOf: (row) => row,
  }),
  list({
    ...{ path: "/resources", name: "resource.list", summary: "List resources", tag: "Resources" },
    operation: "resource.read",
    item: shapes.resourceShape,
    served: servedLists.resources,
    of: nothing,
    itemOf: (row) => ({ ...row, owner: ownerShown(row.owner) }),
  }),
  list({
    ...{ path: "/sessions", name: "session.list", summary: "List active sessions", tag: "Sessions" },
    operation: "session.read",
    item: shapes.sessionShape,
    served: servedLists.activeUsers,
    of: nothing,
    itemOf: ({ person, ...session }) => ({ ...session, user: person }),
  }),
  list({
    ...{ path: "/audit-events", name: "audit.list", summary: "List events of the audit log", tag: "Audit log" },
    operation: "audit.read",
    item: shapes.eventShape,
    served: servedLists.events,
    of: () => ({ zone: "UTC" }),
    itemOf: eventOf,
  }),
  read({
    ...{ path: "/roles", name: "role.list", summary: "List roles", tag: "Roles", operation: "role.read" },
    input: z.strictObject(queryOf(roleList as AnyList) as { q: z.ZodDefault<z.ZodString> }),
    gives: pageOf(shapes.listedRoleShape),
    async read(ctx, { q }) {
      const { primary, additional } = await listRoles(ctx, q);
      const items = [...primary, ...additional].map(({ operations, groups, people, ...role }) => ({
        ...role,
        operationCount: operations,
        groupCount: groups,
        people: people && totalOf(people),
      }));
      const total: Total = { value: items.length, kind: "exact" };
      return { items, next: null, total: totalOf(total) };
    },
  }),
];

const startsWith = (prefix: string, values: Record<string, unknown>) =>
  Object.entries(values).flatMap(([path, value]): [string, unknown][] =>
    path.startsWith(prefix) ? [[path.slice(prefix.length), value]] : [],
  );

/** A person of an event: with an id where the reader may see them. */
const personOf = (person: { id: string | null; name: string | null; visible: boolean }) =>
  person.visible ? { id: person.id, name: person.name } : { ...outOfSight, name: person.name };

function eventOf({ values, person, actor: { kind, ...actor }, named: _, ...event }: LoggedEvent) {
  const told = (name: string) => (typeof values[name] === "string" ? values[name] : null);
  return {
    ...event,
    actor: { kind, ...personOf(actor), token: told("token") },
    user: person && personOf(person),
    changes: Object.fromEntries(
      startsWith("change.", values).map(([field, change]) => {
        const [before, after] = Array.isArray(change) ? change : [null, null];
        return [field, { before: before ?? null, after: after ?? null }];
      }),
    ),
    facts: Object.fromEntries(startsWith("fact.", values)),
    address: told("address"),
    agent: told("agent"),
  };
}
