import { and, eq, gt, sql } from "drizzle-orm";
import { awaitedIdentities, type MappedClaims } from "@/db/schema";
import type { Proof } from "@/lib/auth/providers/oidc/next-provider";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { redeemLink } from "@/lib/identity-providers/commands/redeem-link";
import { isOfDomain, isVerified } from "@/lib/identity-providers/profile";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { foldEmail } from "@/lib/normalization/email";
import { codeOf, ProviderRefusal } from "@/lib/sign-in/providers/refusals";
import type { Known } from "@/lib/sign-in/providers/sign-in";

type Back = { proof: Proof; claims: MappedClaims; find: () => Promise<Known | null> };

/**
 * Links the person who signs in to the user for whom an administrator has prepared it (I5): by an email that is verified and of the
 * provider's domains, never by anything else. Null where nothing is prepared for them. Throws `ProviderRefusal`, whose event is
 * written, where the preparation does not count any more (R15).
 */
export async function linkAwaited(
  ctx: Ctx,
  provider: ProviderRow,
  { proof, claims, find }: Back,
): Promise<Known | null> {
  const emailKey = claims.email === null ? null : foldEmail(claims.email);
  if (emailKey === null || !isVerified(provider, claims) || !isOfDomain(provider, emailKey)) return null;
  const [awaited] = await ctx.db
    .select()
    .from(awaitedIdentities)
    .where(
      and(
        eq(awaitedIdentities.providerId, provider.id),
        eq(awaitedIdentities.emailKey, emailKey),
        gt(awaitedIdentities.endsAt, sql`${ctx.now().toISOString()}::timestamptz`),
      ),
    );
  if (!awaited) return null;
  const { issuer, subject } = proof;
  try {
    return await redeemLink(ctx, { awaited, provider, issuer, subject, claims });
  } catch (error) {
    // Another sign-in of the same person may have linked them in the meantime.
    const meanwhile = await find();
    if (meanwhile) return meanwhile;
    if (!(error instanceof AppError)) throw error;
    throw new ProviderRefusal(codeOf(error));
  }
}
