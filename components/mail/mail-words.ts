import type { MailSecurity } from "@/lib/mail/schema";

export const securityWords: Record<MailSecurity, string> = {
  starttls: "STARTTLS (required)",
  tls: "TLS from the start",
  opportunistic: "STARTTLS (if offered)",
  none: "None (unencrypted)",
};
