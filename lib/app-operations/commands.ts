import { asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { appOperations, roleOperations, roles } from "@/db/schema";
import { parseOperationList } from "@/lib/app-operations/parse-list";
import { carrierWords } from "@/lib/app-operations/policy";
import type { AppOperation, ImportOperations, OperationKeyInput } from "@/lib/app-operations/schema";
import type { Trace } from "@/lib/audit/record";
import type { Ctx } from "@/lib/context";
import { AppError, invalidField, notFound } from "@/lib/errors";
import { mutate } from "@/lib/mutate";
import { lockRoles, seesRoles } from "@/lib/roles/store";
import { notNow, yes } from "@/lib/verdict";

/** Declares one operation of the product (R3). */
export function declareOperation(ctx: Ctx, input: AppOperation): Promise<{ key: string }> {
  return mutate(ctx, "app_operation.declare", {
    target: async (tx) => {
      await lockRoles(tx);
      return { id: null, person: null, record: await knownOf(tx, [input.key]), trace: null };
    },
    change: async (tx, known) => {
      if (known.has(input.key)) throw invalidField("key", `"${input.key}" is declared already.`);
      await tx.insert(appOperations).values({ ...input, createdAt: ctx.now() });
      return { value: { key: input.key }, after: { [input.key]: input.sentence }, facts: { operations: [input.key] } };
    },
  });
}

export type Imported = { added: number; changed: number; kept: number };

/** Declares what a list holds: new ones are added, other sentences replace the old ones. All of it, or nothing. */
export function importOperations(ctx: Ctx, input: ImportOperations): Promise<Imported> {
  return mutate(ctx, "app_operation.declare", {
    target: async (tx) => {
      await lockRoles(tx);
      return { id: null, person: null, record: input, trace: null };
    },
    change: async (tx, { text }) => {
      const { operations, faults } = parseOperationList(text);
      if (faults.length > 0) throw faulty(faults);
      if (operations.length === 0) throw invalidField("text", "The list is empty.");
      const known = await knownOf(
        tx,
        operations.map(({ key }) => key),
      );
      const added = operations.filter(({ key }) => !known.has(key));
      const changed = operations.filter(({ key, sentence }) => known.has(key) && known.get(key) !== sentence);
      if (added.length > 0)
        await tx.insert(appOperations).values(added.map((one) => ({ ...one, createdAt: ctx.now() })));
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
  });
}

const faulty = (faults: { line: number; sentence: string }[]) =>
  new AppError(
    "invalid",
    faults.length === 1
      ? "One entry is wrong; nothing was imported."
      : `${faults.length} entries are wrong; nothing was imported.`,
    {
      fields: { text: "Mend the entries that are named, or leave them out." },
      details: { faults: faults.slice(0, 100) },
    },
  );

/** Takes back an operation that no role carries. */
export function removeOperation(ctx: Ctx, input: OperationKeyInput): Promise<{ key: string }> {
  return mutate(ctx, "app_operation.remove", {
    target: async (tx) => {
      await lockRoles(tx);
      const sentence = seesRoles(ctx) ? (await knownOf(tx, [input.key])).get(input.key) : undefined;
      if (sentence === undefined) throw notFound("The operation");
      const carriers = await carriersOf(tx, input.key);
      return { id: null, person: null, record: carriers, trace: { [input.key]: sentence } };
    },
    rule: (carriers) => {
      const words = carrierWords(carriers);
      return words ? notNow(`${words} "${input.key}". Take it from there first.`) : yes;
    },
    change: async (tx) => {
      await tx.delete(appOperations).where(eq(appOperations.key, input.key));
      return { value: { key: input.key }, after: { [input.key]: null }, facts: { operations: [input.key] } };
    },
  });
}

async function knownOf(tx: Tx, keys: string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const known = await tx.select().from(appOperations).where(inArray(appOperations.key, keys)).for("update");
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
