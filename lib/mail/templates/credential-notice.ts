import { z } from "zod";
import { exactly, facts, instant, note, paragraph, sampleInstant, template } from "@/lib/mail/templates/template";

/** `what` is a whole sentence, as "Your password was changed." */
export const credentialNotice = template({
  label: "Credential change notice",
  values: z.strictObject({
    what: z.string(),
    at: instant,
    address: z.string().nullable(),
    device: z.string().nullable(),
  }),
  sample: () => ({
    what: "Your password was changed.",
    at: sampleInstant,
    address: "192.0.2.17",
    device: "Firefox on Linux",
  }),
  subject: ({ what }) => what.replace(/\.$/, ""),
  blocks: ({ what, at, address, device }, zone) => [
    paragraph(what),
    facts(
      ["When", exactly(at, zone)],
      ...(address ? [["From", address] satisfies [string, string]] : []),
      ...(device ? [["With", device] satisfies [string, string]] : []),
    ),
    note("If this wasn't you, choose a new password now and contact your administrator."),
  ],
});
