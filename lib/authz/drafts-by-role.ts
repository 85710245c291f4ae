import type { Access, Scope } from "@/lib/authz/access";
import { type CataloguedRole, goesWith } from "@/lib/authz/catalogue";
import { carrying, type Draft, gainedBy, grants, type Setting } from "@/lib/authz/draft";
import { accessGiven } from "@/lib/authz/given";
import { holder, scopeWords } from "@/lib/authz/questions";
import { fullName } from "@/lib/users/names";

/** Another primary role, an additional role, or an additional role with the primary role that it needs. */
export function byRoles(setting: Setting): Draft[] {
  const all = [...setting.catalogue.roles.values()];
  const present = setting.catalogue.roles.get(setting.given.primaryId);
  const otherPrimaries = all.filter(({ kind, id }) => kind === "primary" && id !== present?.id);
  const alone = otherPrimaries.flatMap((primary) => roleDraft(setting, primary, null));
  const enough = new Set(alone.map(({ change }) => change.kind === "roles" && change.primaryRoleId));
  const given = all
    .filter((role) => role.kind === "additional" && !setting.storedIds.includes(role.id) && carrying(setting, role))
    .flatMap((role) => {
      if (!present || goesWith(role, present.id)) return roleDraft(setting, null, role);
      return otherPrimaries
        .filter((primary) => goesWith(role, primary.id) && !enough.has(primary.id))
        .flatMap((primary) => roleDraft(setting, primary, role));
    });
  return [...alone, ...given];
}

function roleDraft(setting: Setting, primary: CataloguedRole | null, role: CataloguedRole | null): Draft[] {
  const { asked, bearing, catalogue, given, storedIds } = setting;
  const { access, voice } = asked;
  const primaryId = primary?.id ?? given.primaryId;
  const fits = (id: string) => {
    const known = catalogue.roles.get(id);
    return known !== undefined && (!primary || goesWith(known, primaryId));
  };
  const added = role ? [role.id] : [];
  const after = accessGiven(access, catalogue, { primaryId, directIds: [...given.directIds.filter(fits), ...added] });
  if (!grants(setting, after, bearing)) return [];
  const dropped = given.directIds.filter((id) => !fits(id)).map((id) => `"${catalogue.roles.get(id)?.name}"`);
  const woken = after.roles.filter(
    ({ id, inForce }) => inForce && access.roles.some((held) => held.id === id && !held.inForce),
  );
  const wakes = woken.length > 0 ? `, which puts ${woken.map(({ name }) => `"${name}"`).join(" and ")} in force` : "";
  return [
    {
      steps: [
        ...(dropped.length > 0 && primary
          ? [`Take ${dropped.join(" and ")} away, which cannot be combined with ${primary.name}`]
          : []),
        ...(primary ? [`Change ${voice.whose} primary role to ${primary.name}${wakes}`] : []),
        ...(role ? [`Give ${voice.whom} the role "${role.name}"`] : []),
      ],
      change: {
        kind: "roles",
        person: { id: asked.person.id, name: fullName(asked.person) },
        primaryRoleId: primaryId,
        additionalRoleIds: [...storedIds.filter(fits), ...added],
      },
      gained: gainedBy(access, after),
      after,
      shared: null,
    },
  ];
}

/**
 * The operation added to a role that the person holds in force, at the narrowest scope that reaches. Whoever is acted
 * upon may hold that role too, and then gains the same (R13).
 */
export function byCarrying(setting: Setting): Draft[] {
  const { asked, bearing } = setting;
  const { operation, access } = asked;
  if (asked.weighed.more.length > 0) return [];
  const narrowest = (["self", "owned_groups", "reports", "all"] as const).filter((scope) =>
    operation.scopes.includes(scope),
  );
  return access.roles
    .filter((role) => role.inForce && !role.admin)
    .flatMap((role) => {
      const withScope = (holder: Access, scope: Scope): Access => ({
        ...holder,
        roles: holder.roles.map((held) =>
          held.id === role.id
            ? { ...held, operations: [...held.operations, { operation: operation.key, scope }] }
            : held,
        ),
      });
      const scope = narrowest.find((wanted) => {
        const theirs = bearing.theirs && withScope(bearing.theirs, wanted);
        return grants(setting, withScope(access, wanted), { ...bearing, theirs });
      });
      if (!scope) return [];
      const words = scopeWords(scope, holder, operation.takes);
      return [
        {
          steps: [`Add "${operation.sentence}"${words ? ` on ${words}` : ""} to the role "${role.name}"`],
          change: { kind: "carry" as const, roleId: role.id, operation: operation.key, scope },
          gained: 1,
          after: null,
          shared: { id: role.id, kind: role.kind },
        },
      ];
    });
}
