import type { MailStatus } from "@/db/enums";
import { notNow, type Verdict, yes } from "@/lib/verdict";

/** Whether a mail may be sent again: what it said is kept until it has been sent. */
export function mayRetry({ status, kept }: { status: MailStatus; kept: boolean }): Verdict {
  if (status === "sent") return notNow("It has been sent, and what it said is forgotten.");
  if (status === "cancelled") return notNow("It was cancelled, and what it said is forgotten.");
  return kept ? yes : notNow("What it said is forgotten.");
}

/** Why the transport cannot be changed here, or null. */
export const fixedByEnvironment = "SMTP_URL is set in the environment of the server, and wins.";
