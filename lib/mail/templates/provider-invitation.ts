import { z } from "zod";
import { button, note, ownLink, paragraph, sampleLink, template } from "@/lib/mail/templates/template";

/** For somebody who signs in through a provider: no secret is in it, so it does not expire and can be used again. */
export const providerInvitation = template({
  label: "Invitation to sign in through a provider",
  values: z.strictObject({ link: ownLink, provider: z.string() }),
  sample: () => ({ link: sampleLink("/sign-in/northwind"), provider: "Northwind" }),
  subject: () => "Your account at Gatehouse",
  blocks: ({ link, provider }) => [
    paragraph(`An account was created for you. Sign in through ${provider}; no other password is needed.`),
    button("Sign in", link),
    note("Your first sign-in activates the account. If you didn't expect this, ignore this mail."),
  ],
});
