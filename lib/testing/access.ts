import type { Access, EffectiveRole } from "@/lib/authz/model";

/** A role in force, held directly and permanently by default. */
export const role = (more: Partial<EffectiveRole> = {}): EffectiveRole => ({
  id: more.name ?? "role",
  name: "Role",
  kind: "additional",
  admin: false,
  inForce: true,
  needs: [],
  origins: [{ via: "direct", groupId: null, groupName: null, endsAt: null }],
  operations: [],
  ...more,
});

/** What a person with these roles holds. */
export const accessWith = (...roles: EffectiveRole[]): Access => ({
  personId: "actor",
  endsAt: null,
  roles,
  appOperations: [],
});
