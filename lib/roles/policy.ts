import { type Decision, mayNot, notNow, yes } from "@/lib/authz/decision";
import { holds } from "@/lib/authz/evaluate";
import { type Carried, forThatLong } from "@/lib/authz/grants";
import type { Access } from "@/lib/authz/model";
import { counted } from "@/lib/lists/format-total";
import type { Total } from "@/lib/lists/pagination";
import { isOperation, operationOf, takesEverything } from "@/lib/operations";
import { scopeWords } from "@/lib/roles/scopes";

/** What a role is to the rules: its name, whether it is built in, and what it carries. */
export type RoleSubject = { name: string; builtIn: boolean; operations: Carried };

/** Nobody edits or deletes a role that carries what they do not hold without an end (R8). */
export function mayChangeRole(access: Access, role: RoleSubject): Decision {
  if (role.builtIn)
    return notNow(`"${role.name}" is built in: it has every operation, and what it can be combined with is fixed.`);
  const missing = role.operations.find((held) => !holds(access, held.operation, held.scope, null));
  if (!missing) return yes;
  const sentence = isOperation(missing.operation) ? operationOf(missing.operation).sentence : missing.operation;
  return mayNot(
    `"${role.name}" carries "${sentence}" for ${scopeWords[missing.scope]}, which you do not hold${forThatLong(access, missing)}. Only somebody who does can change it.`,
  );
}

/** Whether a role can carry these: each exists, at a scope that it takes. `apps`: the product's own. */
export function mayCarry(operations: Carried, apps: string[]): Decision {
  for (const { operation, scope } of operations) {
    const own = isOperation(operation) ? operationOf(operation) : null;
    if (!own && !apps.includes(operation)) return notNow(`There is no operation "${operation}".`);
    if (takesEverything(operation))
      return notNow(
        `No role carries "${operation}": everybody who holds all other operations without an end date has it.`,
      );
    // One of the product's is for everyone (R3).
    if (!(own?.scopes ?? ["all"]).includes(scope))
      return notNow(`"${operation}" cannot be held for ${scopeWords[scope]}.`);
  }
  return yes;
}

/** Who prevents the deletion of a role, without a person's name: a refusal is kept in the log. */
export type RoleUsage = {
  /** Those to whom it is given directly: present ones, in whom it is in force; those in whom it is dormant; archived ones. */
  people: Record<"inForce" | "dormant" | "archived", Total>;
  /** How many groups carry it, and some of them that the actor may see. */
  carriers: number;
  /** How many service accounts have it. */
  accounts: number;
  groups: { id: string; name: string }[];
  /** Additional roles that can be combined with this one alone. */
  neededBy: string[];
  /** The only primary role that there is. */
  lastPrimary: boolean;
};

const peopleWords = (total: Total, kind = "") => counted(total, `${kind}person`, `${kind}people`);

/**
 * "held by 12 people, e.g. Eve Engineer, dormant in 2 people, and carried by the group Regression"; null when nothing
 * prevents it.
 */
export function usageWords(usage: RoleUsage, example?: string | null): string | null {
  const { people, carriers, groups, neededBy } = usage;
  const { inForce, dormant, archived } = people;
  const parts: string[] = [];
  if (inForce.value > 0)
    parts.push(
      `held by ${peopleWords(inForce)}${example ? (inForce.value === 1 ? `, ${example}` : `, e.g. ${example}`) : ""}`,
    );
  if (dormant.value > 0) parts.push(`dormant in ${peopleWords(dormant)}`);
  if (archived.value > 0) parts.push(`kept for ${peopleWords(archived, "archived ")}`);
  const [seen] = groups;
  if (carriers === 1) parts.push(seen ? `carried by the group ${seen.name}` : "carried by a group");
  if (carriers > 1) parts.push(`carried by ${counted(carriers, "group")}${seen ? `, e.g. ${seen.name}` : ""}`);
  if (usage.accounts > 0) parts.push(`given to ${counted(usage.accounts, "service account")}`);
  if (neededBy.length > 0)
    parts.push(`the only role with which ${neededBy.map((name) => `"${name}"`).join(" and ")} can be combined`);
  if (usage.lastPrimary) parts.push("the last primary role, and everybody needs one");
  if (parts.length < 2) return parts[0] ?? null;
  return `${parts.slice(0, -1).join(", ")}${example ? ", and " : " and "}${parts.at(-1)}`;
}

export function mayDeleteRole(access: Access, role: RoleSubject, usage: RoleUsage): Decision {
  if (role.builtIn) return notNow(`"${role.name}" is built in and cannot be deleted.`);
  const change = mayChangeRole(access, role);
  if (!change.ok) return change;
  const words = usageWords(usage);
  return words ? notNow(`"${role.name}" is ${words}, so it cannot be deleted.`) : yes;
}
