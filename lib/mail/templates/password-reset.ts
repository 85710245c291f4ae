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

export const passwordReset = template({
  label: "New password",
  values: z.strictObject({ link: ownLink, expiresAt: instant }),
  sample: () => ({ link: sampleLink("/reset-password/sample"), expiresAt: sampleInstant }),
  subject: () => "Choose a new password for Gatehouse",
  blocks: ({ link, expiresAt }, zone) => [
    paragraph("A new password was requested for your account."),
    button("Choose a new password", link),
    note(`Works once. Expires ${exactly(expiresAt, zone)}. It stops working when a newer link is sent.`),
    note("If you didn't request this, you can ignore this mail. Your password does not change."),
  ],
});
