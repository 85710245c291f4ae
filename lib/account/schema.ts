import { z } from "zod";
import { emailSchema } from "@/lib/users/schema";

/** What people send about their own account. The forms ask for the fields; the version comes with the page. */
const version = z.number().int();
const currentPassword = z
  .string()
  .min(1, "Enter your current password.")
  .max(1024, "This is not your current password.");
const newPassword = z.string().max(1024, "A password has at most 256 characters.");

export const ownEmailSchema = z.strictObject({ email: emailSchema, currentPassword });

export const changeEmailSchema = ownEmailSchema.extend({ version });

const bothEntries = { newPassword, confirmPassword: newPassword };

export const changePasswordSchema = z
  .strictObject({ currentPassword, ...bothEntries })
  .refine((input) => input.newPassword === input.confirmPassword, {
    path: ["confirmPassword"],
    message: "The passwords don't match.",
  });

/** The same without the current password, for a session that was opened with it a moment ago (S5). */
export const owedPasswordSchema = z
  .strictObject(bothEntries)
  .refine((input) => input.newPassword === input.confirmPassword, {
    path: ["confirmPassword"],
    message: "The passwords don't match.",
  });

/** What the page of a link posts. */
export const confirmEmailSchema = z.strictObject({ token: z.string().max(200) });

export type ChangeEmail = z.output<typeof changeEmailSchema>;
export type ChangePassword = z.output<typeof changePasswordSchema>;
export type OwedPassword = z.output<typeof owedPasswordSchema>;
