import type { ClaimMapping, MappedClaims } from "@/db/schema";
import { groupsIn, keptClaims, mapClaims } from "@/lib/auth/providers/oidc/claims";
import type { Profile } from "@/lib/identity-providers/commands/provision";
import { foldEmail } from "@/lib/normalization/email";
import { keptFieldsOf } from "@/lib/people/kept-fields";
import { emailSchema, nameFields, usernameSchema } from "@/lib/users/schema";

type Settings = { mapping: ClaimMapping; groupsClaim: string; domains: string[]; trustsEmail: boolean };

/** What a sign-in sent, as an identity keeps it. */
export const claimsOf = ({ mapping, groupsClaim }: Settings, claims: Record<string, unknown>): MappedClaims => ({
  ...mapClaims(mapping, claims),
  ...(groupsClaim !== "" && { groups: groupsIn(claims, groupsClaim) }),
  told: keptClaims(claims, groupsClaim),
});

/** What the mapped claims contain that fits a user's row. */
export function profileOf(claims: MappedClaims): Partial<Profile> {
  const read = {
    username: usernameSchema.safeParse(claims.username ?? ""),
    email: emailSchema.safeParse(claims.email ?? ""),
    firstName: nameFields.firstName.safeParse(claims.firstName ?? ""),
    lastName: nameFields.lastName.safeParse(claims.lastName ?? ""),
  };
  return Object.fromEntries(
    Object.entries(read).flatMap(([field, { data }]) => (data === undefined ? [] : [[field, data]])),
  );
}

/** Enough for an account; a last name may be empty. */
export const isWhole = (profile: Partial<Profile>): profile is Profile =>
  (["username", "email", "firstName", "lastName"] as const).every((field) => profile[field] !== undefined);

/** What a later sign-in changes: the fields that the provider keeps, as far as it sends them, and a verified email of its domains. */
export function broughtBy(provider: Settings, claims: MappedClaims): Partial<Profile> {
  const profile = profileOf(claims);
  const brought = keptFieldsOf(provider.mapping).flatMap((field) => {
    const value = profile[field];
    if (value === undefined || claims[field] === null) return [];
    if (field === "email" && !(isVerified(provider, claims) && isOfDomain(provider, value))) return [];
    return [[field, value]];
  });
  return Object.fromEntries(brought);
}

export const isVerified = ({ trustsEmail }: Settings, { emailVerified }: MappedClaims) => trustsEmail || emailVerified;

/** Domains bound whose addresses a provider speaks for; none: everybody's. */
export const isOfDomain = ({ domains }: Settings, email: string) =>
  domains.length === 0 || domains.includes(foldEmail(email)?.split("@")[1] ?? "");
