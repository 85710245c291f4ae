import { z } from "zod";
import {
  button,
  exactly,
  instant,
  note,
  ownLink,
  paragraph,
  sampleInstant,
  sampleLink,
  template,
} from "@/lib/mail/templates/template";

export const emailChange = template({
  label: "Email confirmation",
  values: z.strictObject({ link: ownLink, expiresAt: instant }),
  sample: () => ({ link: sampleLink("/confirm-email/sample"), expiresAt: sampleInstant }),
  subject: () => "Confirm your email for Gatehouse",
  blocks: ({ link, expiresAt }, zone) => [
    paragraph("Confirm this address to use it for your account."),
    button("Confirm email", link),
    note(`Works once. Expires ${exactly(expiresAt, zone)}. Until you confirm, the account keeps its old email.`),
    note("If you didn't request this, you can ignore this mail."),
  ],
});
