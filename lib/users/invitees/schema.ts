import { z } from "zod";
import { placementFields } from "@/lib/users/schema";

/** So many people are invited at once at most. */
export const mostInvited = 200;

const pasted = z
  .string()
  .max(100_000, "This is too long. Invite fewer people at once.")
  .refine((text) => text.trim() !== "", "Paste at least one email address.");

export const readInviteesSchema = z.strictObject({ text: pasted });

/** The values of the form. */
export const inviteFormSchema = z.strictObject({ text: pasted, ...placementFields });

/** Each is checked by itself, with the same messages as for one new user. */
const inviteeSchema = z.strictObject({
  email: z.string().max(1_000),
  username: z.string().max(1_000),
  firstName: z.string().max(1_000),
  lastName: z.string().max(1_000),
});

export const inviteUsersSchema = z.strictObject({
  ...placementFields,
  people: z.array(inviteeSchema).min(1, "Nobody can be invited.").max(mostInvited),
});

export type InviteUsers = z.output<typeof inviteUsersSchema>;
