import { asc } from "drizzle-orm";
import type { Scope } from "@/db/enums";
import { appOperations } from "@/db/schema";
import { productNoun } from "@/lib/access/questions";
import type { Reads } from "@/lib/context";
import { isOperation, operationKeys, operationOf } from "@/lib/operations";

/** One operation that a role can carry, at which scopes, and the one whose holder may do this too. */
export type MatrixOperation = {
  operation: string;
  sentence: string;
  scopes: readonly Scope[];
  under: { operation: string; sentence: string } | null;
};
export type MatrixGroup = { noun: string; operations: MatrixOperation[] };

/** Every operation that a role can carry, grouped by noun in the catalogue's order, and the product's own at the end. */
export async function operationMatrix(db: Reads): Promise<MatrixGroup[]> {
  const groups = new Map<string, MatrixOperation[]>();
  for (const operation of operationKeys) {
    const { noun, sentence, scopes, under } = operationOf(operation);
    if (scopes.length === 0) continue;
    groups.set(noun, [...(groups.get(noun) ?? []), { operation, sentence, scopes, under: wider(under) }]);
  }
  const declared = await db.select().from(appOperations).orderBy(asc(appOperations.key));
  if (declared.length > 0)
    groups.set(
      productNoun,
      declared.map(({ key, sentence }) => ({ operation: key, sentence, scopes: ["all"], under: null })),
    );
  return [...groups].map(([noun, operations]) => ({ noun, operations }));
}

const wider = (under: string | undefined) =>
  under && isOperation(under) ? { operation: under, sentence: operationOf(under).sentence } : null;
