import type { Tx } from "@/db/client";
import { appOperations } from "@/db/schema";
import type { Preset, PresetRole } from "@/db/seed/presets/preset";
import { presetOf } from "@/db/seed/presets/presets";
import type { Trace } from "@/lib/audit/record";
import type { Ctx } from "@/lib/context";
import { precondition } from "@/lib/errors";
import { mutate } from "@/lib/mutate";
import { presetPlan, type Skipped, storeRoles } from "@/lib/roles/presets";
import type { AddPreset } from "@/lib/roles/schema";
import { actorAccess, carriedTrace, lockRoles } from "@/lib/roles/store";

/** Adds those roles of a preset that are not there yet; its primary roles come below the others on the ladder (R1). */
export function addPreset(ctx: Ctx, input: AddPreset): Promise<{ added: string[]; skipped: Skipped[] }> {
  const preset = presetOf(input.preset);
  return mutate(ctx, "role.install", {
    target: async (tx) => {
      await lockRoles(tx);
      const plan = await presetPlan(tx, preset);
      const record = { ...plan, declared: await newOperations(tx, preset), access: await actorAccess(ctx, tx) };
      return { id: null, person: null, record, trace: null };
    },
    grants: (_, { adds, declared, access }) => {
      const own = access.roles.some((role) => role.admin && role.inForce) ? declared.map(({ key }) => key) : [];
      const carried = ({ operation }: { operation: string }) => !own.includes(operation);
      return { carried: adds.map(({ name, operations }) => ({ name, operations: operations.filter(carried) })) };
    },
    change: async (tx, { adds, skipped, declared }) => {
      if (adds.length === 0) throw precondition(`Every role of "${preset.name}" is there already.`);
      await storeRoles(tx, adds, preset.appOperations);
      const added = adds.map(({ name }) => name);
      const after = { roles: added, ...carriedFields(adds), ...sentences(declared) };
      return { value: { added, skipped }, after, facts: { preset: preset.name } };
    },
  });
}

/** What the preset declares: the built-in role holds it from the same moment on. */
async function newOperations(tx: Tx, preset: Preset): Promise<Preset["appOperations"]> {
  const known = (await tx.select({ key: appOperations.key }).from(appOperations)).map(({ key }) => key);
  return preset.appOperations.filter(({ key }) => !known.includes(key));
}

const sentences = (declared: Preset["appOperations"]): Trace =>
  Object.fromEntries(declared.map(({ key, sentence }) => [key, sentence]));

/** One field for each role, and in it what it carries. */
const carriedFields = (adds: PresetRole[]): Trace =>
  Object.fromEntries(
    adds.map(({ name, admin, operations }) => [
      `${name} carries`,
      admin
        ? "every operation"
        : Object.entries(carriedTrace(operations)).map(([held, scopes]) => `${held}: ${scopes}`),
    ]),
  );
