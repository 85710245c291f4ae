import { z } from "zod";
import { presetKeys, roleKinds, scopes } from "@/db/enums";
import { clean } from "@/lib/normalization/characters";
import { plainText } from "@/lib/normalization/plain-text";
import { uuid } from "@/lib/platform/uuid";

export type { RoleKind, Scope } from "@/db/enums";

/** What comes in about a role. A name keeps one space where there were several. */
const singleSpaced = (text: string) => clean(text).replace(/ +/g, " ");

export const heldOperationSchema = z.strictObject({ operation: z.string().max(128), scope: z.enum(scopes) });

const roleFields = {
  name: z
    .string({ error: "Name is missing." })
    .transform(singleSpaced)
    .pipe(plainText(1, 64, "Name")),
  description: plainText(0, 200, "Description"),
  /** Place on the ladder of primary roles, 1 for the highest; null for an additional role. */
  rank: z.number().int().min(1).max(1000).nullable(),
  /** Primary roles that an additional role may be combined with; none means any. */
  combinesWith: z.array(uuid()).max(200),
  operations: z.array(heldOperationSchema).max(2000),
};

export const createRoleSchema = z.strictObject({
  kind: z.enum(roleKinds, { error: "Choose whether the role is primary or additional." }),
  ...roleFields,
});

export const updateRoleSchema = z.strictObject({ id: uuid(), version: z.number().int(), ...roleFields });

export const deleteRoleSchema = z.strictObject({ id: uuid() });

export const addPresetSchema = z.strictObject({ preset: z.enum(presetKeys, { error: "Choose a set of roles." }) });

export type HeldOperation = z.output<typeof heldOperationSchema>;
export type CreateRole = z.output<typeof createRoleSchema>;
export type UpdateRole = z.output<typeof updateRoleSchema>;

export const pickAssigneeSchema = z.strictObject({ q: z.string().max(200) });
