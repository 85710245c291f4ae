import type { ClaimMapping, MappedClaims } from "@/db/schema";

/** The fields of a user that a provider sends, in the order in which they are shown. */
export const claimFields = ["username", "email", "firstName", "lastName"] as const satisfies (keyof ClaimMapping)[];

export const claimWords: Record<(typeof claimFields)[number], string> = {
  username: "User name",
  email: "Email",
  firstName: "First name",
  lastName: "Last name",
};

/** By what somebody knows their account at a provider. */
export const accountOf = ({
  claims,
  subject,
}: {
  claims: Pick<MappedClaims, "email" | "username">;
  subject: string;
}): string => claims.email ?? claims.username ?? subject;
