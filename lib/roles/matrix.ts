import { asc } from "drizzle-orm";
import type { Scope } from "@/db/enums";
import { appOperations } from "@/db/schema";
import { productNoun } from "@/lib/authz/scope-words";
import type { Reads } from "@/lib/context";
import { isOperation, operationKeys, operationOf } from "@/lib/operations";

/**
 * One operation, at which scopes a role can carry it, and the one whose holder may do this too. `everything`: no role
 * carries it; a person who holds all the others permanently has it (R15).
 */
export type MatrixOperation = {
  operation: string;
  sentence: string;
  scopes: readonly Scope[];
  under: { operation: string; sentence: string } | null;
  everything: boolean;
};
export type MatrixGroup = { noun: string; operations: MatrixOperation[] };

/** Every operation that roles give, grouped by noun in the catalogue's order, and the product's own at the end. */
export async function operationMatrix(db: Reads): Promise<MatrixGroup[]> {
  const groups = new Map<string, MatrixOperation[]>();
  for (const operation of operationKeys) {
    const { noun, sentence, scopes, under, everything = false } = operationOf(operation);
    if (scopes.length === 0) continue;
    const row = { operation, sentence, scopes, under: wider(under), everything };
    groups.set(noun, [...(groups.get(noun) ?? []), row]);
  }
  const declared = await db.select().from(appOperations).orderBy(asc(appOperations.key));
  if (declared.length > 0)
    groups.set(
      productNoun,
      declared.map(({ key, sentence }) => ({
        operation: key,
        sentence,
        scopes: ["all"],
        under: null,
        everything: false,
      })),
    );
  return [...groups].map(([noun, operations]) => ({ noun, operations }));
}

const wider = (under: string | undefined) =>
  under && isOperation(under) ? { operation: under, sentence: operationOf(under).sentence } : null;
