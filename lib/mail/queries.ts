import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { MailStatus } from "@/db/enums";
import { mails, settings, users } from "@/db/schema";
import { requireAll, within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { latestFirst, serveByKey } from "@/lib/lists/serve-by-key";
import { mailList } from "@/lib/mail/filters";
import { mayRetry } from "@/lib/mail/policy";
import { renderMail } from "@/lib/mail/render";
import type { MailSecurity } from "@/lib/mail/schema";
import { describeMail, isTemplate, type TemplateKey, templateKeys, templates } from "@/lib/mail/templates/catalogue";
import { environmentTransport, storedTransport, transportKey } from "@/lib/mail/transport";
import { namesInSight } from "@/lib/people/scoped";
import { searchCondition } from "@/lib/people/search";

export type ShownTransport = {
  source: "environment" | "settings";
  host: string;
  port: number;
  security: MailSecurity;
  user: string;
  from: string;
  /** Whether there is a password; it never leaves the server. */
  hasPassword: boolean;
  updatedAt: Date | null;
  /** Null for Gatehouse itself and for somebody out of sight. */
  updatedBy: string | null;
};

/** How mail is sent, as far as it may be shown; null while nothing is set up. */
export async function getTransport(ctx: Ctx): Promise<ShownTransport | null> {
  requireAll(ctx, "setting.read", "You don't have permission to see the settings.");
  const fixed = environmentTransport();
  if (fixed) {
    const { password, from, ...rest } = fixed;
    const sender = from.name ? `${from.name} <${from.address}>` : from.address;
    return { ...rest, from: sender, hasPassword: password !== "", updatedAt: null, updatedBy: null };
  }
  const stored = await storedTransport(ctx.db);
  if (!stored) return null;
  const [row] = await ctx.db
    .select({ updatedAt: settings.updatedAt, updatedBy: settings.updatedBy })
    .from(settings)
    .where(eq(settings.key, transportKey));
  const { password, ...rest } = stored;
  const names = await namesInSight(ctx, row?.updatedBy ? [row.updatedBy] : []);
  return {
    ...rest,
    source: "settings",
    hasPassword: password !== "",
    updatedAt: row?.updatedAt ?? null,
    updatedBy: names.get(row?.updatedBy ?? "")?.name ?? null,
  };
}

export type ListedMail = {
  id: string;
  template: string;
  subject: string;
  toName: string;
  toAddress: string;
  status: MailStatus;
  attempts: number;
  lastError: string | null;
  createdAt: Date;
  lastTriedAt: Date | null;
  sentAt: Date | null;
  /** Why it cannot be sent again, or null. */
  kept: string | null;
};

/** The mail log, newest first; what mails say is not in it. */
export const servedMails = serveByKey(mailList, {
  from: sql`mails`,
  id: mails.id,
  within(ctx) {
    requireAll(ctx, "mail.read", "You don't have permission to read the mail log.");
    return undefined;
  },
  search(q, ctx) {
    const recipient = searchCondition(q);
    const seen = sql`(${within(ctx, "user.read", users.id)} or ${users.id} = ${ctx.actor.access.personId})`;
    return recipient && sql`${mails.userId} in (select users.id from users where ${recipient} and ${seen})`;
  },
  filters: { status: (statuses) => inArray(mails.status, statuses) },
  sorts: latestFirst(mails.createdAt),
  choices: {},
  find: (ctx, { where, order, limit, key }) =>
    ctx.db
      .select({
        id: mails.id,
        template: mails.template,
        subject: mails.subject,
        toName: mails.toName,
        toAddress: mails.toAddress,
        status: mails.status,
        attempts: mails.attempts,
        lastError: mails.lastError,
        createdAt: mails.createdAt,
        lastTriedAt: mails.lastTriedAt,
        sentAt: mails.sentAt,
        hasContent: sql<boolean>`${isNotNull(mails.content)}`,
        key,
      })
      .from(mails)
      .where(where)
      .orderBy(order)
      .limit(limit),
  rows: (_, found) =>
    found.map(({ key: _key, hasContent, template, ...mail }): ListedMail => {
      const decision = mayRetry({ ...mail, kept: hasContent });
      const label = isTemplate(template) ? templates[template].label : template;
      return { ...mail, template: label, kept: decision.ok ? null : decision.reason };
    }),
});

export const { ask: askMails, page: listMails, fitting } = servedMails;

export type MailOutcome = { status: MailStatus; attempts: number; lastError: string | null };

/** How far a test mail of one's own has come. */
export async function findOwnTest(ctx: Ctx, id: string): Promise<MailOutcome | null> {
  const me = ctx.actor.access.personId;
  const [mail] = await ctx.db
    .select({ status: mails.status, attempts: mails.attempts, lastError: mails.lastError })
    .from(mails)
    .where(and(eq(mails.id, id), eq(mails.template, "test"), me ? eq(mails.userId, me) : sql`false`));
  return mail ?? null;
}

export type MailPreview = { key: TemplateKey; label: string; subject: string; text: string; html: string };

/** Every template with invented values. */
export function previewMails(zone: string): MailPreview[] {
  return templateKeys.map((key) => {
    const { label, sample } = templates[key];
    return { key, label, ...renderMail(describeMail(key, sample(), zone)) };
  });
}
