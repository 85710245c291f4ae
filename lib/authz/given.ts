import type { Access, Origin } from "@/lib/authz/access";
import { accessOf, type Catalogue } from "@/lib/authz/catalogue";

/** What is given to somebody otherwise than now: the roles that they hold by name, or a group that they are put into. */
export type Given = {
  primaryId: string;
  directIds: string[];
  joined?: { id: string; name: string; carries: { roleId: string; endsAt: Date | null }[] };
};

/** What a person would hold if this were given to them, as `loadAccess` would read it once it were stored. */
export function accessGiven(access: Access, catalogue: Catalogue, { primaryId, directIds, joined }: Given): Access {
  const origins = new Map<string, Origin[]>();
  const add = (roleId: string, origin: Origin) => origins.set(roleId, [...(origins.get(roleId) ?? []), origin]);
  for (const roleId of [primaryId, ...directIds]) {
    const known = access.roles.find(({ id }) => id === roleId)?.origins.find(({ via }) => via === "direct");
    add(roleId, known ?? { via: "direct", groupId: null, groupName: null, endsAt: null });
  }
  for (const role of access.roles) for (const origin of role.origins) if (origin.via === "group") add(role.id, origin);
  for (const { roleId, endsAt } of joined?.carries ?? [])
    add(roleId, { via: "group", groupId: joined?.id ?? null, groupName: joined?.name ?? null, endsAt });
  return accessOf(catalogue, access, origins);
}

/** Primary and direct additional roles as they are held at this moment. */
export function givenTo(access: Access): Given {
  const direct = access.roles.filter((role) => role.origins.some(({ via }) => via === "direct"));
  return {
    primaryId: direct.find(({ kind }) => kind === "primary")?.id ?? "",
    directIds: direct.filter(({ kind }) => kind === "additional").map(({ id }) => id),
  };
}
