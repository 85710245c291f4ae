import { createTransport } from "nodemailer";
import type { RenderedMail } from "@/lib/mail/render";
import type { Transport } from "@/lib/mail/transport";
import type { Mailbox } from "@/lib/normalization/mailbox";

export type Patience = { connectMs: number; idleMs: number };
const usual: Patience = { connectMs: 10_000, idleMs: 30_000 };

type Options = { patience?: Patience /** Ends it, as when this process stops. */; signal?: AbortSignal };

/** Hands one mail to the server on a connection of its own. Throws DeliveryFault, whose words contain no secret and no link. */
export async function deliver(
  transport: Transport,
  mail: RenderedMail & { to: Mailbox; messageId: string },
  { patience: { connectMs, idleMs } = usual, signal }: Options = {},
): Promise<void> {
  const { host, port, security, user, password, from } = transport;
  const sender = createTransport({
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    auth: user ? { user, pass: password } : undefined,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: idleMs,
    dnsTimeout: connectMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await sender.sendMail({
      from,
      to: { name: mail.to.name, address: mail.to.address },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: mail.messageId,
      headers: { "Auto-Submitted": "auto-generated" },
      signal,
    });
  } catch (error) {
    throw new DeliveryFault(error, transport);
  } finally {
    sender.close();
  }
}

type SmtpError = { code?: string; responseCode?: number; response?: string; command?: string };

/** Why a mail was not taken, in a sentence for the mail log. `permanent`: trying again gives the same answer. */
export class DeliveryFault extends Error {
  readonly permanent: boolean;

  constructor(error: unknown, transport: Transport) {
    const fault = (error ?? {}) as SmtpError;
    super(blotted(wordsFor(fault, transport), transport));
    this.name = "DeliveryFault";
    // A refused password is put right in the settings, then the mail goes: only an answer about the mail itself is final.
    this.permanent = (fault.responseCode ?? 0) >= 500 && !isAboutAccess(fault);
  }
}

const isAboutAccess = ({ code, command, responseCode = 0 }: SmtpError) =>
  code === "EAUTH" || command?.startsWith("AUTH") === true || [530, 534, 535, 538].includes(responseCode);

function wordsFor(fault: SmtpError, { host, port }: Transport): string {
  const server = `${host}:${port}`;
  if (isAboutAccess(fault))
    return `${server} refused the user name or the password (${fault.responseCode ?? "no code"}).`;
  if (fault.responseCode) return `${server} answered: ${fault.response ?? fault.responseCode}`;
  switch (fault.code) {
    case "ETIMEDOUT":
      return `${server} did not answer in time.`;
    case "EABORT":
      return `${server} had not answered when this server was stopped.`;
    case "EDNS":
      return `${host} was not found.`;
    case "ETLS":
      return `${server} offers no encryption that Gatehouse supports.`;
    case "ECONNECTION":
      return `${server} closed the connection.`;
    default:
      return `${server} could not be reached (${fault.code ?? "no code"}).`;
  }
}

/** Servers quote what they were sent: links go, and so does the password. */
function blotted(text: string, { password }: Transport): string {
  const bare = password ? text.replaceAll(password, "[password]") : text;
  return bare
    .replace(/https?:\/\/\S+/gi, "[link]")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .slice(0, 300);
}
