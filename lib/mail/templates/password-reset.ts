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
    paragraph("A new password was asked for, for your account. Choose it now."),
    button("Choose a new password", link),
    note(`Works once. Expires ${exactly(expiresAt, zone)}. A newer link ends this one.`),
    note("You did not ask for this? Then do nothing: nobody has learned your password."),
  ],
});
