import type { MappedClaims } from "@/db/schema";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { foldEmail } from "@/lib/normalization/email";

/** Whether an email counts as its person's: the provider says so, or its addresses count as verified (I2). */
export const isVerified = ({ trustsEmail }: Pick<ProviderRow, "trustsEmail">, { emailVerified }: MappedClaims) =>
  trustsEmail || emailVerified;

/** Domains bound whose addresses a provider speaks for; none: everybody's. */
export const isOfDomain = ({ domains }: Pick<ProviderRow, "domains">, email: string) =>
  domains.length === 0 || domains.includes(foldEmail(email)?.split("@")[1] ?? "");
