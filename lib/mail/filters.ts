import { z } from "zod";
import { mailStatuses } from "@/db/enums";
import { declareList } from "@/lib/lists/declare-list";
import { choiceFilter } from "@/lib/lists/filters";
import { statusWords } from "@/lib/mail/status-words";

export const mailPath = "/admin/settings/mail";

/** Where the mail server is set up, on that page. */
export const mailServerId = "mail-server";

export const mailList = declareList({
  name: "mails",
  path: mailPath,
  label: "Mail log",
  search: "Recipient",
  filters: {
    status: choiceFilter(
      "Status",
      z.enum(mailStatuses),
      mailStatuses.map((id) => ({ id, label: statusWords[id] })),
    ),
  },
  columns: { subject: "Subject", to: "To", status: "Status", made: "Created", actions: "Actions" },
});
