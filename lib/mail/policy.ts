import type { MailStatus } from "@/db/enums";
import { type Decision, notNow, yes } from "@/lib/authz/decision";

type Attempted = { status: MailStatus; lastError: string | null; kept: boolean };

/** Whether a mail may be sent again: not while it is being sent, and what it said is kept until it has been. */
export function mayRetry({ status, lastError, kept }: Attempted): Decision {
  if (status === "sent") return notNow("It has been sent, and its contents have been deleted.");
  if (status === "cancelled") return notNow("It was cancelled, and its contents have been deleted.");
  if (status === "waiting" && lastError === null) return notNow("It is being sent.");
  return kept ? yes : notNow("Its contents have been deleted.");
}

/** Why the transport cannot be changed here, or null. */
export const fixedByEnvironment = "SMTP_URL is set in the environment of the server and takes precedence.";
