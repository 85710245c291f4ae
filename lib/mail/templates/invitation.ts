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

/** Who invites, where that is no person, or one who has been erased. */
export const unnamedInviter = "An administrator";

export const invitation = template({
  label: "Invitation",
  values: z.strictObject({ link: ownLink, expiresAt: instant, invitedBy: z.string() }),
  sample: () => ({
    link: sampleLink("/invite/sample"),
    expiresAt: sampleInstant,
    invitedBy: "Ada Admin",
  }),
  subject: () => "Your invitation to Gatehouse",
  blocks: ({ link, expiresAt, invitedBy }, zone) => [
    paragraph(`${invitedBy} created an account for you. Choose a password to activate it.`),
    button("Accept the invitation", link),
    note(`Works once. Expires ${exactly(expiresAt, zone)}. It stops working when a newer invitation is sent.`),
    note("If you didn't expect this, ignore this mail. The account stays inactive."),
  ],
});
