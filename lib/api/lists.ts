import { credentialReads } from "@/lib/api/credentials";
import type { Endpoint } from "@/lib/api/endpoint";
import { list } from "@/lib/api/listed";
import { outOfSight, ownerShown } from "@/lib/api/reads";
import { resourceReads } from "@/lib/api/resources";
import { accountReads } from "@/lib/api/service-accounts";
import * as shapes from "@/lib/api/shapes";
import { totalOf } from "@/lib/api/total";
import type { LoggedEvent } from "@/lib/audit/event";
import { findClientOwner } from "@/lib/clients/queries";
import { notFound } from "@/lib/errors";
import { servedLists } from "@/lib/list-registry";
import { findGroup } from "@/lib/memberships/scoped";
import { fullName } from "@/lib/normalization/names";
import { findPerson } from "@/lib/people/scoped";

const nothing = () => undefined;

export const lists: Endpoint[] = [
  ...accountReads,
  ...resourceReads,
  ...credentialReads,
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
    subject: "Users",
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
    ...{ path: "/clients", name: "client.list_all", summary: "List all clients", tag: "Clients" },
    operation: "client.read",
    item: shapes.anyClientShape,
    served: servedLists.allClients,
    of: nothing,
    itemOf: ({ person: { visible: _, ...user }, ...client }) => ({ ...client, user }),
  }),
  list({
    ...{ path: "/users/{userId}/tokens", name: "token.list", summary: "List the access tokens of a user" },
    ...{ tag: "Tokens", operation: "token.read" as const, about: "userId" },
    item: shapes.tokenShape,
    served: servedLists.tokens,
    async of(ctx, id) {
      const person = await findPerson(ctx, "token.read", id);
      if (!person) throw notFound("The user");
      return { id: person.id, name: fullName(person), ownerId: person.id, account: false };
    },
    itemOf: (row) => row,
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
    description:
      "Newest first. Days in `from` and `to` are days in UTC. `q` without `from` or `last` searches 30 days alone, up to now or to `to`.",
    served: servedLists.events,
    of: () => ({ zone: "UTC" }),
    itemOf: eventOf,
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
    actor: { kind, ...personOf(actor), token: told("token"), tokenMaker: told("maker") },
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
