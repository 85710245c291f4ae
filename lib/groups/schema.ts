import { z } from "zod";
import { plainText } from "@/lib/normalization/plain-text";
import { uuid } from "@/lib/platform/uuid";
import { endDate, endDateOrNow } from "@/lib/time/end-dates";

/** What comes in about a group. Form, action and API share it. */

const details = {
  name: plainText(1, 100, "Name"),
  description: plainText(0, 500, "Description"),
  ownerId: uuid("Choose an owner, or none.").nullable(),
};

const roles = z
  .array(z.strictObject({ roleId: uuid(), endsAt: endDate }))
  .max(100)
  .refine((given) => new Set(given.map(({ roleId }) => roleId)).size === given.length, "A role is listed twice.");

/** The group as it was when the form was opened: a later save of somebody else's makes this one stale. */
const edited = { id: uuid(), version: z.number().int() };

export const createGroupSchema = z.strictObject({ ...details, roles });
export const updateGroupSchema = z.strictObject({ ...edited, ...details });
export const updateGroupRolesSchema = z.strictObject({ ...edited, roles });
export const deleteGroupSchema = z.strictObject(edited);

/** The version of the person that was on screen for "Undo"; absent: the current one. */
const userVersion = z.number().int().optional();

export const addMemberSchema = z.strictObject({
  groupId: uuid(),
  userId: uuid("Choose a person."),
  endsAt: endDateOrNow,
  userVersion,
});
/** Several people at once, to the same end. */
export const addMembersSchema = z.strictObject({
  groupId: uuid(),
  userIds: z.array(uuid()).min(1, "Choose at least one person.").max(50, "Add at most 50 people at once."),
  endsAt: endDateOrNow,
});
export type AddMembers = z.output<typeof addMembersSchema>;
export const memberSchema = z.strictObject({ groupId: uuid(), userId: uuid() });
export const removeMemberSchema = memberSchema.extend({ userVersion });
/** Several people at once, as each was seen last. */
export const removeMembersSchema = z.strictObject({
  groupId: uuid(),
  people: z
    .array(z.strictObject({ userId: uuid(), userVersion }))
    .min(1)
    .max(50),
});
export type RemoveMembers = z.output<typeof removeMembersSchema>;
export const pickMemberSchema = z.strictObject({ groupId: uuid(), q: z.string().max(200) });
