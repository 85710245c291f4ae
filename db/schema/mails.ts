import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "../columns";
import { mailStatuses } from "../enums";
import { users } from "./users";

/** The outbox and the mail log. What a mail says, with its link, is encrypted and goes when it has been sent. */
export const mails = pgTable(
  "mails",
  {
    id: id(),
    template: text("template").notNull(),
    userId: uuid("user_id").references(() => users.id, { onDelete: "cascade" }),
    toName: text("to_name").notNull(),
    toAddress: text("to_address").notNull(),
    subject: text("subject").notNull(),
    status: text("status", { enum: mailStatuses }).notNull().default("waiting"),
    content: text("content"),
    attempts: integer("attempts").notNull().default(0),
    lastError: text("last_error"),
    createdAt: createdAt(),
    lastTriedAt: moment("last_tried_at"),
    sentAt: moment("sent_at"),
  },
  (t) => [
    index("mails_by_time").on(t.createdAt, t.id),
    index("mails_by_status").on(t.status, t.createdAt, t.id),
    index("mails_by_user").on(t.userId, t.createdAt),
  ],
);
