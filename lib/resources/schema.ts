import { z } from "zod";
import { pageSize } from "@/lib/lists/page-size";
import { plainText } from "@/lib/normalization/plain-text";
import { uuid } from "@/lib/platform/uuid";

/** What comes in about a resource. Form, action and API share it. */

/** A short word such as "assistant", the same in every spelling. */
export const resourceType = z
  .string({ error: "Type is missing." })
  .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, "A type has 1 to 40 lowercase letters, digits and _ or -.");

export const externalId = plainText(1, 200, "External id");

const details = {
  name: plainText(1, 100, "Name"),
  url: z
    .url({ protocol: /^https$/, error: "Must be an address that begins with https://." })
    .max(500, "An address has at most 500 characters.")
    .nullable(),
  ownerId: uuid("Choose an owner."),
};

/** The resource as it was read: a later change of somebody else's makes this one stale. */
const edited = { id: uuid(), version: z.number().int() };

/** `version`: the expected one; null: whatever is there, or nothing. */
export const registerResourceSchema = z.strictObject({
  type: resourceType,
  externalId,
  ...details,
  version: z.number().int().nullable(),
});
export const updateResourceSchema = z.strictObject({ ...edited, ...details });
/** Those that were chosen on one page, each as it was read there. */
export const changeOwnersSchema = z.strictObject({
  resources: z.array(z.strictObject(edited)).min(1).max(pageSize),
  ownerId: details.ownerId,
});
export type ChangeOwners = z.output<typeof changeOwnersSchema>;
export const deleteResourceSchema = z.strictObject(edited);
