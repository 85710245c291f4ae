import { z } from "zod";
import { presetKeys } from "@/db/enums";
import { passwordProblem } from "@/lib/auth/password-rules";
import { fullName } from "@/lib/normalization/names";
import { emailSchema, nameFields, usernameSchema } from "@/lib/users/schema";

const person = { username: usernameSchema, email: emailSchema, ...nameFields };
const password = z.string({ error: "Enter a password." }).max(1024, "A password has at most 256 characters.");

type Entered = { username: string; email: string; firstName: string; lastName: string; password: string };

function checkPassword(input: Entered, ctx: z.RefinementCtx) {
  const problem = passwordProblem(input.password, [
    input.username,
    input.email,
    input.firstName,
    input.lastName,
    fullName(input),
  ]);
  if (problem) ctx.addIssue({ code: "custom", path: ["password"], message: problem });
}

const code = z
  .string()
  .trim()
  .min(1, "Enter the code from the server's log.")
  .max(100, "This is not the code from the log.");

/** Of all that is entered the code alone, which is looked at first. */
export const codeSchema = z.object({ code });

export const setupSchema = z
  .strictObject({
    code,
    preset: z.enum(presetKeys, { error: "Choose a set of roles." }),
    ...person,
    password,
    confirmPassword: z.string({ error: "Enter the password again." }).max(1024),
  })
  .superRefine((input, ctx) => {
    checkPassword(input, ctx);
    if (input.password !== input.confirmPassword)
      ctx.addIssue({ code: "custom", path: ["confirmPassword"], message: "The passwords don't match." });
  });

export const administratorSchema = z.strictObject({ ...person, password }).superRefine(checkPassword);

export type CompleteSetup = z.output<typeof setupSchema>;
