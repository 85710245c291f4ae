import type { MailSecurity } from "@/lib/mail/schema";

export const securityWords: Record<MailSecurity, string> = {
  starttls: "STARTTLS, demanded",
  tls: "TLS from the start",
  opportunistic: "STARTTLS where it is offered",
  none: "None, in the open",
};
