import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { scopesOf } from "@/lib/authz/evaluate";
import { reachedBy, reaches } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { countOf } from "@/lib/lists/pagination";
import type { OperationKey } from "@/lib/operations";

/** Whom an operation reaches, as a condition on a column of user ids (R11). */
export type Sight = (column: AnyPgColumn) => SQL;

/**
 * The same as `within` says, in the form that fits how many are reached: up to 10,000 are handed over as one array, by which what they
 * hold is looked up; of more, each row is asked, since rows of theirs come soon.
 */
export async function sightsOf<K extends OperationKey>(ctx: Ctx, operations: readonly K[]): Promise<Record<K, Sight>> {
  const byScopes = new Map<string, Promise<Sight>>();
  const sights = operations.map(async (operation) => {
    const scopes = [...scopesOf(ctx.actor.access, operation)].toSorted().join();
    const sight = byScopes.get(scopes) ?? sightOf(ctx, operation);
    byScopes.set(scopes, sight);
    return [operation, await sight] as const;
  });
  return Object.fromEntries(await Promise.all(sights)) as Record<K, Sight>;
}

async function sightOf(ctx: Ctx, operation: OperationKey): Promise<Sight> {
  const reached = reachedBy(ctx, operation);
  if (reached === "everyone") return () => sql`true`;
  const { kind } = await countOf(ctx, sql`(${reached}) reached`);
  if (kind === "exact") return (column) => sql`${column} = any(array(${reached}))`;
  return (column) => reaches(ctx, operation, sql`${column}`);
}
