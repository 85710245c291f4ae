import { z } from "zod";
import { providerPresets } from "@/db/enums";
import { changesDirection, isOneLine } from "@/lib/normalization/characters";
import { foldEmail } from "@/lib/normalization/email";
import { plainText } from "@/lib/normalization/plain-text";
import { uuid } from "@/lib/platform/uuid";
import { endDate } from "@/lib/time/end-dates";
import { emailSchema } from "@/lib/users/schema";

/** What comes in about an identity provider. */
const slug = z
  .string({ error: "Enter a short name." })
  .trim()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "A short name has only lowercase letters, digits and hyphens between them.")
  .min(2, "A short name has at least 2 characters.")
  .max(40, "A short name has at most 40 characters.")
  .refine((name) => name !== "credentials" && name !== "default", "This short name is reserved.");

/** A secret is taken as it is. */
const secret = z.string().max(2000, "A client secret has at most 2,000 characters.");

const claim = z
  .string()
  .trim()
  .max(200, "A claim's name has at most 200 characters.")
  .refine(isOneLine, "This contains characters that cannot be shown.")
  .refine((name) => !changesDirection(name), "This contains characters that change the direction of writing.");

/** A value of the groups claim, to the character, and the group that it maps to. */
const mappedGroup = z.strictObject({
  value: z
    .string()
    .max(255, "A value has at most 255 characters.")
    .refine((value) => value.trim() !== "", "Enter the value as the provider sends it.")
    .refine(isOneLine, "This contains characters that cannot be shown."),
  groupId: uuid("Choose a group."),
});

const scope = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, "A scope cannot contain spaces.");

const domain = z
  .string()
  .trim()
  .transform((name) => foldEmail(`x@${name.replace(/^@/, "")}`)?.slice(2) ?? "")
  .refine((name) => name !== "", "Enter a domain, such as example.com.");

/** Where the provider is, and how Gatehouse proves itself there: a change of it requires a new test. */
const connection = {
  discoveryUrl: z
    .string({ error: "Enter the discovery address." })
    .trim()
    .max(1000, "An address has at most 1,000 characters.")
    .refine((address) => URL.canParse(address), "Enter an address that begins with https://."),
  clientId: plainText(1, 500, "The client id"),
  clientSecret: secret,
  secretExpiresAt: endDate,
  scopes: z
    .array(scope)
    .max(20)
    .refine((scopes) => scopes.includes("openid"), 'The scope "openid" is needed.'),
};

/** What it says about people, and what happens to them. */
const details = {
  name: plainText(1, 60, "The name"),
  ownerId: uuid("Choose an owner."),
  mapping: z.strictObject({ username: claim, email: claim, firstName: claim, lastName: claim }),
  groupsClaim: claim,
  groups: z.array(mappedGroup).max(500, "At most 500 values can be mapped."),
  domains: z.array(domain).max(100),
  trustsEmail: z.boolean(),
  createsUsers: z.boolean(),
  managesUsers: z.boolean(),
  ceilingRoleIds: z.array(uuid()).max(100),
  defaultRoleId: uuid("Choose a primary role.").nullable(),
  defaultGroupIds: z.array(uuid()).max(100),
  contact: plainText(0, 200, "The contact"),
};

type Checked = {
  createsUsers: boolean;
  defaultRoleId: string | null;
  groupsClaim: string;
  groups: z.output<typeof mappedGroup>[];
};

function checkTogether({ createsUsers, defaultRoleId, groupsClaim, groups }: Checked, ctx: z.RefinementCtx) {
  const wrong = (path: PropertyKey[], message: string) => ctx.addIssue({ code: "custom", path, message });
  if (createsUsers && defaultRoleId === null)
    wrong(["defaultRoleId"], "Choose the primary role of the users it creates.");
  if (groups.length > 0 && groupsClaim === "") wrong(["groupsClaim"], "Enter the claim that contains the groups.");
  const seen = new Set<string>();
  for (const [index, { value, groupId }] of groups.entries()) {
    const pair = JSON.stringify([value, groupId.toLowerCase()]);
    if (seen.has(pair)) wrong(["groups", index, "groupId"], "This value is already mapped to this group.");
    seen.add(pair);
  }
}

export const createProviderSchema = z
  .strictObject({
    slug,
    preset: z.enum(providerPresets),
    ...connection,
    clientSecret: secret.min(1, "Enter the client secret."),
    ...details,
  })
  .superRefine(checkTogether);

export const updateProviderSchema = z
  .strictObject({ id: uuid(), version: z.number().int(), ...details })
  .superRefine(checkTogether);

/** An empty secret keeps the stored one while the address and the client id stay. */
export const updateConnectionSchema = z.strictObject({ id: uuid(), version: z.number().int(), ...connection });

export const providerIdSchema = z.strictObject({ id: uuid() });
/** `version`: the version that was on screen for "Undo" of "Disable"; absent: the current one. */
export const enableProviderSchema = providerIdSchema.extend({ version: z.number().int().optional() });
/** `email`: the address under which the provider knows the user. */
export const prepareLinkSchema = z.strictObject({
  userId: uuid(),
  providerId: uuid("Choose a provider."),
  email: emailSchema,
});
export const identityIdSchema = z.strictObject({ id: uuid() });

export type { ProviderPreset, ProviderState } from "@/db/enums";
export { providerPresets };

export type CreateProvider = z.output<typeof createProviderSchema>;
export type UpdateProvider = z.output<typeof updateProviderSchema>;
export type UpdateConnection = z.output<typeof updateConnectionSchema>;
