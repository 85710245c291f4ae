import { asc, sql } from "drizzle-orm";
import { appOperations } from "@/db/schema";
import { carrierWords } from "@/lib/app-operations/policy";
import type { Ctx } from "@/lib/context";
import { isFound } from "@/lib/normalization/search";
import { requireRoles } from "@/lib/roles/store";

export type DeclaredOperation = {
  key: string;
  sentence: string;
  createdAt: Date;
  /** Roles that carry it, by name. The built-in one carries every operation and is not named. */
  roles: { id: string; name: string }[];
  /** Why it cannot be removed, or null. */
  kept: string | null;
};

/** Those of them whose key or sentence contains `q`, and how many there are at all. */
export type OperationList = { operations: DeclaredOperation[]; total: number };

/** What the product has declared, in the order of the keys, with the roles that carry each. */
export async function listOperations(ctx: Ctx, q = ""): Promise<OperationList> {
  requireRoles(ctx);
  const declared = await ctx.db
    .select({
      key: appOperations.key,
      sentence: appOperations.sentence,
      createdAt: appOperations.createdAt,
      roles: sql<DeclaredOperation["roles"]>`coalesce((
        select json_agg(json_build_object('id', r.id, 'name', r.name) order by r.name_key)
          from role_operations o join roles r on r.id = o.role_id where o.operation = ${appOperations.key}), '[]')`,
    })
    .from(appOperations)
    .orderBy(asc(appOperations.key));
  const found = declared.filter(({ key, sentence }) => isFound(q, key, sentence));
  const operations = found.map((one) => {
    const words = carrierWords(one.roles.map(({ name }) => name));
    return { ...one, kept: words && `${words} it. Remove it there first.` };
  });
  return { operations, total: declared.length };
}
