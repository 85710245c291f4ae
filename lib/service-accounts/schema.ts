import { z } from "zod";
import { plainText } from "@/lib/normalization/plain-text";
import { uuid } from "@/lib/platform/uuid";
import { createTokenSchema } from "@/lib/tokens/schema";

/** What comes in about a service account. Form, action and API share it. */

const details = {
  name: plainText(1, 100, "Name"),
  ownerId: uuid("Choose an owner."),
  roleIds: z
    .array(uuid())
    .max(100)
    .transform((ids) => [...new Set(ids.map((id) => id.toLowerCase()))].sort()),
};

/** The account as it was when the form was opened: a later save of somebody else's makes this one stale. */
const edited = { id: uuid(), version: z.number().int() };

export const createAccountSchema = z.strictObject(details);
export const updateAccountSchema = z.strictObject({ ...edited, ...details });
export const accountSchema = z.strictObject({ id: uuid() });
/** `version`: the version that was on screen for "Undo" of "Disable"; absent: the current one. */
export const enableAccountSchema = accountSchema.extend({ version: z.number().int().optional() });
export const deleteAccountSchema = z.strictObject(edited);
export const issueAccountTokenSchema = createTokenSchema.extend({ id: uuid() });
