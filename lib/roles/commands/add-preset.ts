import type { Tx } from "@/db/client";
import { appOperations } from "@/db/schema";
import type { Preset, PresetRole } from "@/db/seed/presets/preset";
import { presetOf } from "@/db/seed/presets/presets";
import type { Trace } from "@/lib/audit/record";
import type { Access } from "@/lib/authz/model";
import { precondition } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import { roleOperations } from "@/lib/roles/operations";
import { rolePages } from "@/lib/roles/pages";
import { presetPlan, storeRoles } from "@/lib/roles/presets";
import { addPresetSchema } from "@/lib/roles/schema";
import { carriedTrace, lockRoles } from "@/lib/roles/store";

/** Adds those roles of a preset that are not there yet; its primary roles come below the others on the ladder (R1). */
export const addPreset = command(roleOperations["role.install"], {
  input: addPresetSchema,
  target: async ({ tx }, input) => {
    await lockRoles(tx);
    const preset = presetOf(input.preset);
    const plan = await presetPlan(tx, preset);
    return {
      id: null,
      person: null,
      record: { ...plan, preset, declared: await newOperations(tx, preset) },
      trace: null,
    };
  },
  grants: ({ ctx }, { adds, declared }) => {
    const own = holdsWhatIsDeclared(ctx.actor.access) ? declared.map(({ key }) => key) : [];
    const carried = ({ operation }: { operation: string }) => !own.includes(operation);
    return { carried: adds.map(({ name, operations }) => ({ name, operations: operations.filter(carried) })) };
  },
  change: async ({ tx }, { adds, skipped, declared, preset }) => {
    if (adds.length === 0) throw precondition(`Every role of "${preset.name}" already exists.`);
    await storeRoles(tx, adds, preset.appOperations);
    const added = adds.map(({ name }) => name);
    const after = { roles: added, ...carriedFields(adds), ...sentences(declared) };
    return { value: { added, skipped }, after, facts: { preset: preset.name } };
  },
  refresh: rolePages,
});

/** The built-in role holds what a preset declares from the same moment on; what acts for its holder with less does not. */
const holdsWhatIsDeclared = ({ roles, limit }: Access) =>
  !limit && roles.some(({ admin, inForce }) => admin && inForce);

/** What the preset declares and nobody has declared yet. */
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
