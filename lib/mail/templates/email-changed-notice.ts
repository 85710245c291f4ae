import { z } from "zod";
import { maskAddress } from "@/lib/mail/mask-address";
import { facts, note, paragraph, template } from "@/lib/mail/templates/template";

/** Goes to the old address. The new one is shown in part, since anyone may read this. */
export const emailChangedNotice = template({
  label: "Email change notice",
  values: z.strictObject({ newAddress: z.string() }),
  sample: () => ({ newAddress: "eve@northwind.example" }),
  subject: () => "Your email for Gatehouse was changed",
  blocks: ({ newAddress }) => [
    paragraph("Mail for your account now goes to another address. This address no longer receives it."),
    facts(["New address", maskAddress(newAddress)]),
    note("If this wasn't you, contact your administrator immediately."),
  ],
});
