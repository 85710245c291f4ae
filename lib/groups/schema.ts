import { z } from "zod";
import { endDate, endDateOrNow } from "@/lib/ends";
import { plainText } from "@/lib/plain-text";

/** What comes in about a group. Form, action and interface for programs share it. */

const details = {
  name: plainText(1, 100, "Name"),
  description: plainText(0, 500, "Description"),
  ownerId: z.uuid("Choose an owner, or none.").nullable(),
};

const roles = z
  .array(z.strictObject({ roleId: z.uuid(), endsAt: endDate }))
  .max(100)
  .refine((given) => new Set(given.map(({ roleId }) => roleId)).size === given.length, "A role stands here twice.");

/** The group as it was when the form was opened: a later save of somebody else's makes this one stale. */
const edited = { id: z.uuid(), version: z.number().int() };

export const createGroupSchema = z.strictObject({ ...details, roles });
export const updateGroupSchema = z.strictObject({ ...edited, ...details });
export const updateGroupRolesSchema = z.strictObject({ ...edited, roles });
export const deleteGroupSchema = z.strictObject(edited);

export const addMemberSchema = z.strictObject({
  groupId: z.uuid(),
  userId: z.uuid("Choose a person."),
  endsAt: endDateOrNow,
});
export const memberSchema = z.strictObject({ groupId: z.uuid(), userId: z.uuid() });
export const pickMemberSchema = z.strictObject({ groupId: z.uuid(), q: z.string().max(200) });
