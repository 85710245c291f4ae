import { z } from "zod";
import { passwordProblem } from "@/lib/auth/password-rules";
import { withoutInvisible } from "@/lib/normalization/characters";
import { foldEmail } from "@/lib/normalization/email";
import { isAddress } from "@/lib/normalization/mailbox";
import { fullName } from "@/lib/normalization/names";
import { plainText } from "@/lib/normalization/plain-text";
import { uuid } from "@/lib/platform/uuid";
import { resourceType } from "@/lib/resources/schema";
import { endDate, endDateOrNow } from "@/lib/time/end-dates";

export type { ShownStatus } from "@/db/enums";

/** What comes in about a user. Form, action, API and import share it. */
export const usernameSchema = z
  .string({ error: "Enter a user name." })
  .transform((name) => name.normalize("NFKC").trim())
  .refine((name) => [...name].length >= 3 && name.length <= 64, "A user name has 3 to 64 characters.")
  .refine(
    (name) => /^(\p{L}\p{M}*|[\p{N}._@+-])*$/u.test(name) && withoutInvisible(name) === name,
    "A user name has only letters, digits and . _ - @ +",
  );

export const emailSchema = z
  .string({ error: "Enter an email address." })
  .trim()
  .max(254, "An email address has at most 254 characters.")
  .refine((email) => foldEmail(email) !== null && isAddress(email), "This is not an email address.");

export const nameFields = {
  firstName: plainText(1, 100, "First name"),
  lastName: plainText(0, 100, "Last name"),
};

const anyPassword = z.string().max(1024, "A password has at most 256 characters.");

const roleFields = {
  primaryRoleId: uuid("Choose a primary role."),
  additionalRoleIds: z.array(uuid()).max(100),
  managerId: uuid("Choose a manager, or none.").nullable(),
};

/** What somebody new comes to hold, and whom they come under. */
export const placementFields = { ...roleFields, groupIds: z.array(uuid()).max(200) };

type Passwords = {
  password: string;
  confirmPassword: string;
  firstName: string;
  lastName: string;
  email: string;
  username?: string;
};

/** Both entries of a new password against the rules of S2 and each other. */
function checkNewPassword(input: Passwords, ctx: z.RefinementCtx) {
  const names = [input.username ?? "", input.email, input.firstName, input.lastName, fullName(input)];
  const problem = passwordProblem(input.password, names);
  if (problem) ctx.addIssue({ code: "custom", path: ["password"], message: problem });
  else if (input.password !== input.confirmPassword)
    ctx.addIssue({ code: "custom", path: ["confirmPassword"], message: "The passwords don't match." });
}

/** `provider`: none here, since the person signs in through the provider that is their configuration. */
const credentialWays = ["invite", "password", "generate", "provider"] as const;

export const createUserSchema = z
  .strictObject({
    configuration: z.string().regex(/^[a-z0-9-]{2,40}$/, "This configuration does not exist."),
    username: usernameSchema,
    email: emailSchema,
    ...nameFields,
    ...placementFields,
    credentials: z.enum(credentialWays, { error: "Choose how the user gets a password." }),
    password: anyPassword,
    confirmPassword: anyPassword,
    mustChangePassword: z.boolean(),
    /** With a password: whether a one-time link goes to the person as well. */
    notify: z.boolean().optional(),
  })
  .superRefine((input, ctx) => {
    if (input.credentials === "password") checkNewPassword(input, ctx);
    if ((input.credentials === "provider") !== (input.configuration !== "default"))
      ctx.addIssue({
        code: "custom",
        path: ["credentials"],
        message:
          input.configuration === "default"
            ? "Choose how the user gets a password."
            : "People who sign in through a provider have no password here.",
      });
  });

/** The names that somebody new would sign in by. */
export const newNamesSchema = z.strictObject({ username: usernameSchema, email: emailSchema });

export const updateUserSchema = z
  .strictObject({
    id: uuid(),
    version: z.number().int(),
    email: emailSchema,
    ...nameFields,
    ...roleFields,
    accessEndsAt: endDateOrNow,
    password: anyPassword,
    confirmPassword: anyPassword,
  })
  .superRefine((input, ctx) => {
    if (input.password !== "" || input.confirmPassword !== "") checkNewPassword(input, ctx);
  });

export const updateAccessSchema = z.strictObject({
  id: uuid(),
  version: z.number().int(),
  memberships: z.array(z.strictObject({ groupId: uuid(), endsAt: endDateOrNow })).max(1000),
  roleEnds: z.array(z.strictObject({ roleId: uuid(), endsAt: endDateOrNow })).max(100),
});

export const disableUserSchema = z.strictObject({
  id: uuid(),
  reason: plainText(1, 200, "Reason"),
  until: endDate,
});

export const userIdSchema = z.strictObject({ id: uuid() });

/** The version in the form that is acted on; absent: the current one. */
const seenVersion = z.number().int().optional();

/** The event of the last change of state that somebody who goes back has seen; absent: whatever it is by now. */
const seenChangeId = uuid().optional();

export const enableUserSchema = z.strictObject({ id: uuid(), version: seenVersion, seenChangeId });

export const restoreUserSchema = z.strictObject({
  id: uuid(),
  version: seenVersion,
  seenChangeId,
  /** Ids of reports, groups, service accounts and resources that were handed on, to be handed back. */
  handBack: z.array(uuid()).max(2000).optional(),
  /** Types of resources of which all that were handed on, as far as that can be, are handed back. */
  handBackTypes: z.array(resourceType).max(1000).optional(),
});

const ownerId = uuid("Choose an owner.");

export const archiveUserSchema = z.strictObject({
  id: uuid(),
  version: seenVersion,
  seenChangeId,
  /** A new owner for each owned object. */
  owners: z.array(z.strictObject({ id: uuid(), ownerId })).max(1000),
  /** A new owner for the resources of a type that are in `owners` with none of their own. */
  ownersOfTypes: z
    .array(z.strictObject({ type: resourceType, ownerId }))
    .max(1000)
    .optional(),
  /** The new manager of the direct reports; null leaves them without one. */
  managerId: uuid().nullable(),
});

/** What was done to somebody and might be undone; `handedOn`: how many objects and reports went to others with it. */
export const undoSchema = z.discriminatedUnion("done", [
  z.strictObject({ done: z.literal("disable"), id: uuid() }),
  z.strictObject({ done: z.literal("archive"), id: uuid(), handedOn: z.number().int() }),
  z.strictObject({ done: z.literal("restore"), id: uuid() }),
]);

export const purgeUserSchema = z.strictObject({ id: uuid(), username: z.string().max(64) });

export type CreateUser = z.output<typeof createUserSchema>;
export type UpdateUser = z.output<typeof updateUserSchema>;
export type UpdateAccess = z.output<typeof updateAccessSchema>;
export type ArchiveUser = z.output<typeof archiveUserSchema>;

/** What a picker asks for: a part of a name. */
export const pickSchema = z.strictObject({ q: z.string().max(200) });
export const pickManagerSchema = z.strictObject({ q: z.string().max(200), userId: uuid().nullable() });
export const pickOwnerSchema = z.strictObject({ q: z.string().max(200), exceptId: uuid() });
