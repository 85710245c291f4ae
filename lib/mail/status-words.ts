import type { mailStatuses } from "@/db/enums";

/** How the mail log says what became of a mail; also in the browser, without the schema of the log's address. */
export const statusWords = {
  waiting: "Waiting",
  sent: "Sent",
  failed: "Failed",
  cancelled: "Cancelled",
} as const satisfies Record<(typeof mailStatuses)[number], string>;
