import { z } from "zod";
import { uuid } from "@/lib/platform/uuid";

const newPassword = z.string().max(1024, "A password has at most 256 characters.");

/** What the page of a link posts: the link's own secret, and both entries of the new password. */
export const byLinkSchema = z
  .strictObject({ token: z.string().max(200), newPassword, confirmPassword: newPassword })
  .refine((input) => input.newPassword === input.confirmPassword, {
    path: ["confirmPassword"],
    message: "The passwords don't match.",
  });

export const requestPasswordSchema = z.strictObject({
  name: z.string().trim().min(1, "Enter your user name or email.").max(320, "This is not a user name or email."),
});

export const resetWays = ["link", "generate"] as const;

export const resetPasswordSchema = z.strictObject({
  id: uuid(),
  way: z.enum(resetWays, { error: "Choose how the user gets a new password." }),
});

export const revokeResetLinkSchema = z.strictObject({ id: uuid() });

export type ByLink = z.output<typeof byLinkSchema>;
export type RequestPassword = z.output<typeof requestPasswordSchema>;
