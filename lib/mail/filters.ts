import { z } from "zod";
import { mailStatuses } from "@/db/enums";
import { addressOf, cursors, repeated } from "@/lib/lists/read-search-params";

/** The address of the mail log as one schema: page, tokens and query read and write it here. */
export { mailStatuses };

export const mailPath = "/admin/settings/mail";

export const mailFiltersSchema = z.object({ status: repeated(z.enum(mailStatuses)), ...cursors });
export type MailFilters = z.output<typeof mailFiltersSchema>;

export const { read: readMailFilters, toPairs, toHref } = addressOf(mailPath, mailFiltersSchema);

export const statusWords = {
  waiting: "Waiting",
  sent: "Sent",
  failed: "Failed",
  cancelled: "Cancelled",
} as const satisfies Record<(typeof mailStatuses)[number], string>;
