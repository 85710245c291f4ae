import { asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appOperations, roleOperations, roles } from "@/db/schema";
import { appOperationOperations } from "@/lib/app-operations/operations";
import { declarableSchema } from "@/lib/app-operations/own-nouns";
import { parseOperationList } from "@/lib/app-operations/parse-list";
import { carrierWords } from "@/lib/app-operations/policy";
import { importOperationsSchema, operationKeySchema } from "@/lib/app-operations/schema";
import type { Trace } from "@/lib/audit/record";
import { notNow, yes } from "@/lib/authz/decision";
import { AppError, invalidField, notFound } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import { lockRows } from "@/lib/kernel/lock";
import { lockRoles, seesRoles } from "@/lib/roles/store";

const pages = () => ["/admin/roles", "/admin/roles/operations", "/admin/privileges"];

/** Declares one operation of the product (R3). */
export const declareOperation = command(appOperationOperations["app_operation.declare"], {
  input: declarableSchema,
  route: "POST /app-operations",
  target: async ({ tx }, { key }) => {
    await lockRoles(tx);
    return { id: null, person: null, record: await knownOf(tx, [key]), trace: null };
  },
  change: async ({ tx, now }, known, { key, sentence }) => {
    if (known.has(key)) throw invalidField("key", `"${key}" is already declared.`);
    await tx.insert(appOperations).values({ key, sentence, createdAt: now });
    return { value: { key }, after: { [key]: sentence }, facts: { operations: [key] } };
  },
  refresh: pages,
});

/** Declares the entries of a list: new ones are added, other sentences replace the old ones. All of it, or nothing. */
export const importOperations = command(appOperationOperations["app_operation.declare"], {
  key: "app_operation.import",
  input: importOperationsSchema,
  target: async ({ tx }) => {
    await lockRoles(tx);
    return { id: null, person: null, record: null, trace: null };
  },
  change: async ({ tx, now }, _, { text }) => {
    const { operations, faults } = parseOperationList(text);
    if (faults.length > 0) throw faulty(faults);
    if (operations.length === 0) throw invalidField("text", "The list is empty.");
    const known = await knownOf(
      tx,
      operations.map(({ key }) => key),
    );
    const added = operations.filter(({ key }) => !known.has(key));
    const changed = operations.filter(({ key, sentence }) => known.has(key) && known.get(key) !== sentence);
    if (added.length > 0) await tx.insert(appOperations).values(added.map((one) => ({ ...one, createdAt: now })));
    for (const { key, sentence } of changed)
      await tx.update(appOperations).set({ sentence }).where(eq(appOperations.key, key));
    const after: Trace = Object.fromEntries(operations.map(({ key, sentence }) => [key, sentence]));
    return {
      value: {
        added: added.length,
        changed: changed.length,
        kept: operations.length - added.length - changed.length,
      },
      before: Object.fromEntries(known),
      after,
      facts: { operations: [...added, ...changed].map(({ key }) => key) },
    };
  },
  refresh: pages,
});

const faulty = (faults: { line: number; sentence: string }[]) =>
  new AppError(
    "invalid",
    faults.length === 1
      ? "One entry is wrong; nothing was imported."
      : `${faults.length} entries are wrong; nothing was imported.`,
    {
      fields: { text: "Correct these entries, or leave them out." },
      details: { faults: faults.slice(0, 100) },
    },
  );

/** Takes back an operation that no role carries. */
export const removeOperation = command(appOperationOperations["app_operation.remove"], {
  input: operationKeySchema,
  route: "DELETE /app-operations/{key}",
  target: async ({ ctx, tx }, { key }) => {
    await lockRoles(tx);
    const sentence = seesRoles(ctx) ? (await knownOf(tx, [key])).get(key) : undefined;
    if (sentence === undefined) throw notFound("The operation");
    return { id: null, person: null, record: await carriersOf(tx, key), trace: { [key]: sentence } };
  },
  allowed: (carriers, { key }) => {
    const words = carrierWords(carriers);
    return words ? notNow(`${words} "${key}". Remove it there first.`) : yes;
  },
  change: async ({ tx }, _, { key }) => {
    await tx.delete(appOperations).where(eq(appOperations.key, key));
    return { value: { key }, after: { [key]: null }, facts: { operations: [key] } };
  },
  refresh: pages,
});

async function knownOf(tx: Tx, keys: string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const known = await lockRows(tx, tx.select().from(appOperations).where(inArray(appOperations.key, keys)), "update");
  return new Map(known.map(({ key, sentence }) => [key, sentence]));
}

async function carriersOf(tx: Tx, key: string): Promise<string[]> {
  const carrying = await tx
    .select({ name: roles.name })
    .from(roleOperations)
    .innerJoin(roles, eq(roles.id, roleOperations.roleId))
    .where(eq(roleOperations.operation, key))
    .orderBy(asc(roles.nameKey));
  return carrying.map(({ name }) => name);
}
