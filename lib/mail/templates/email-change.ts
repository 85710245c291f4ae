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
  label: "Confirmation of an address",
  values: z.strictObject({ link: ownLink, expiresAt: instant }),
  sample: () => ({ link: sampleLink("/confirm-email/sample"), expiresAt: sampleInstant }),
  subject: () => "Confirm your address for Gatehouse",
  blocks: ({ link, expiresAt }, zone) => [
    paragraph("Confirm that this address is yours, to use it for your account."),
    button("Confirm the address", link),
    note(`Works once. Expires ${exactly(expiresAt, zone)}. Until then the account keeps its old address.`),
    note("If you didn't ask for this, ignore this mail. Nothing changes."),
  ],
});
