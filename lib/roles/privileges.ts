import { asc } from "drizzle-orm";
import type { RoleKind, Scope } from "@/db/enums";
import { appOperations, roleOperations, roles } from "@/db/schema";
import { givenBy } from "@/lib/authz/model";
import type { Ctx } from "@/lib/context";
import { isFound } from "@/lib/normalization/search";
import { operationMatrix } from "@/lib/roles/matrix";
import { scopesByWidth } from "@/lib/roles/scopes";
import { requireRoles } from "@/lib/roles/store";

export type PrivilegeRole = { id: string; name: string; kind: RoleKind; rank: number | null; builtIn: boolean };
/** One role's scopes for an operation: those that it carries, and those that come with another one which it carries. */
export type PrivilegeCell = { carried: Scope[]; through: Scope[] };
/**
 * `held` has one cell per role, in the order of the roles. `under`: the sentence of the operation that brings this one.
 * `everything`: it comes with all the others, and a cell says whether the role carries them (R15).
 */
export type PrivilegeRow = {
  operation: string;
  sentence: string;
  scopes: readonly Scope[];
  under: string | null;
  everything: boolean;
  held: PrivilegeCell[];
};
export type Privileges = {
  roles: PrivilegeRole[];
  groups: { noun: string; rows: PrivilegeRow[] }[];
  /** Operations shown, and how many there are. */
  shown: number;
  total: number;
};

/** The matrix of R4, from the same `operationsOf` that every decision asks. `q` is part of a sentence, a key or a noun. */
export async function readPrivileges(ctx: Ctx, q: string): Promise<Privileges> {
  requireRoles(ctx);
  const stored = await ctx.db.select().from(roles).orderBy(asc(roles.rank), asc(roles.nameKey));
  const carried = await ctx.db.select().from(roleOperations);
  const apps = (await ctx.db.select({ key: appOperations.key }).from(appOperations)).map(({ key }) => key);
  const ladder = [
    ...stored.filter(({ kind }) => kind === "primary"),
    ...stored.filter(({ kind, admin }) => kind === "additional" && admin),
    ...stored.filter(({ kind, admin }) => kind === "additional" && !admin),
  ];
  const held = ladder.map(({ id, admin }) => {
    const own = carried.filter(({ roleId }) => roleId === id);
    const scopes = new Map<string, Scope[]>();
    for (const { operation, scope } of givenBy({ admin, operations: own }, apps))
      scopes.set(operation, [...(scopes.get(operation) ?? []), scope]);
    return scopes;
  });
  const matrix = await operationMatrix(ctx.db);
  const groups = matrix
    .map(({ noun, operations }) => ({
      noun,
      rows: operations
        .filter(({ operation, sentence }) => isFound(q, noun, sentence, operation))
        .map(({ operation, sentence, scopes: allowed, under, everything }) => ({
          operation,
          sentence,
          scopes: allowed,
          under: under?.sentence ?? null,
          everything,
          held: held.map((scopes) => {
            const carried = byWidth(scopes.get(operation) ?? []);
            const brought = byWidth((under && scopes.get(under.operation)) || []);
            const wide = carried.includes("all");
            return { carried, through: wide ? [] : brought.filter((scope) => !carried.includes(scope)) };
          }),
        })),
    }))
    .filter(({ rows }) => rows.length > 0);
  return {
    roles: ladder.map(({ id, name, kind, rank, builtIn }) => ({ id, name, kind, rank, builtIn })),
    groups,
    shown: groups.reduce((sum, { rows }) => sum + rows.length, 0),
    total: matrix.reduce((sum, { operations }) => sum + operations.length, 0),
  };
}

const byWidth = (scopes: Scope[]) => scopesByWidth.filter((scope) => scopes.includes(scope));
