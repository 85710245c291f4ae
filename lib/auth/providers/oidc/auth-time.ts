import { stepUpLasts } from "@/lib/auth/step-up";

/** Milliseconds by which a provider's clock may differ from ours. */
const skew = 60_000;

/** The claim `auth_time` of an ID token (OpenID Connect Core 1.0, 2); null where it is not a time. */
export function authTimeOf(claim: unknown): Date | null {
  if (typeof claim !== "number" || !Number.isFinite(claim) || claim <= 0 || claim > 1e11) return null;
  return new Date(Math.floor(claim) * 1000);
}

/** When a session that begins so was proved: as the provider says, and never later than now. */
export const provedAt = (authenticatedAt: Date | null | undefined, now: Date): Date =>
  authenticatedAt && authenticatedAt < now ? authenticatedAt : now;

/** Whether somebody has proved who they are since they were asked to, and no longer ago than counts (S8). */
export function isAnswer(authenticatedAt: Date, { begunAt, now }: { begunAt: number; now: Date }): boolean {
  const at = authenticatedAt.getTime();
  return at >= begunAt - skew && at <= now.getTime() + skew && now.getTime() - at < stepUpLasts;
}
