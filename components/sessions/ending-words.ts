import type { EndedSession } from "@/lib/sessions/queries";

const ways: Record<EndedSession["reason"], string> = {
  signed_out: "Signed out",
  replaced: "Replaced by a new sign-in",
  ended: "Logged out",
  signed_out_by_provider: "Signed out at the identity provider",
  password_changed: "Password changed",
  wrong_proofs: "Five wrong passwords or codes",
  disabled: "Account disabled",
  archived: "Account removed",
  expired: "Absolute limit reached",
  idle: "Idle limit reached",
};

type Ending = Pick<EndedSession, "reason" | "endedBy" | "provider">;

/** Why a session ended, and by whom where it was somebody's doing: "Logged out by Ada Admin", "Signed out at Okta". */
export function endingWords({ reason, endedBy, provider }: Ending): string {
  if (reason === "signed_out_by_provider" && provider) return `Signed out at ${provider}`;
  return endedBy && reason !== "signed_out" ? `${ways[reason]} by ${endedBy.name}` : ways[reason];
}
