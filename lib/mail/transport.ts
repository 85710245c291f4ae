import { eq, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { settings } from "@/db/schema";
import type { Reads } from "@/lib/context";
import { type MailSecurity, type StoredTransport, storedTransportSchema } from "@/lib/mail/schema";
import { type Mailbox, readMailbox } from "@/lib/normalization/mailbox";
import { decrypt } from "@/lib/platform/encryption";
import { env, publicUrl } from "@/lib/platform/env";
import { askedOnce } from "@/lib/platform/together";

/** Where mail is handed in, how, and whom it is from. `password` never leaves the server. */
export type Transport = {
  source: "environment" | "settings";
  host: string;
  port: number;
  security: MailSecurity;
  user: string;
  password: string;
  from: Mailbox;
};

export const transportKey = "mail.transport";
export const transportPurpose = "mail.transport";

/** Whether mail can be sent: SMTP_URL, or what is set up under /admin/settings/mail. Without it, links are shown instead. */
export async function mailWorks(db: Reads | Db | Tx): Promise<boolean> {
  return env().SMTP_URL !== undefined || (await isStored(db as Tx, transportKey));
}

const isStored = askedOnce(String, async (tx) => (await storedTransport(tx)) !== null);

/** The setting, for a statement that reads more: `mailWorksWith` reads it. */
export const transportColumn = sql<unknown>`(select ${settings.value} from ${settings} where ${settings.key} = ${transportKey})`;

/** The same for callers that have read the setting already. */
export const mailWorksWith = (stored: unknown): boolean =>
  env().SMTP_URL !== undefined || storedTransportSchema.safeParse(stored).success;

/** How mail is sent at this moment; the environment wins. Null when nothing is set up. */
export async function currentTransport(db: Reads | Db | Tx): Promise<Transport | null> {
  return environmentTransport() ?? opened(await storedTransport(db));
}

/** What SMTP_URL and MAIL_FROM say, or null. */
export function environmentTransport(): Transport | null {
  const { SMTP_URL, MAIL_FROM } = env();
  if (!SMTP_URL) return null;
  const url = new URL(SMTP_URL);
  const tls = url.protocol === "smtps:";
  const user = decodeURIComponent(url.username);
  return {
    source: "environment",
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port) || (tls ? 465 : 587),
    security: tls ? "tls" : user ? "starttls" : "opportunistic",
    user,
    password: decodeURIComponent(url.password),
    from: (MAIL_FROM && readMailbox(MAIL_FROM)) || { name: "Gatehouse", address: `gatehouse@${publicUrl().hostname}` },
  };
}

/** What is stored, its password encrypted; null when it is not set up, or no longer readable. */
export async function storedTransport(db: Reads | Db | Tx): Promise<StoredTransport | null> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, transportKey));
  const parsed = storedTransportSchema.safeParse(row?.value);
  return parsed.success ? parsed.data : null;
}

function opened(stored: StoredTransport | null): Transport | null {
  const from = stored && readMailbox(stored.from);
  if (!stored || !from) return null;
  const { password, ...rest } = stored;
  return { ...rest, source: "settings", from, password: password ? decrypt(transportPurpose, password) : "" };
}
