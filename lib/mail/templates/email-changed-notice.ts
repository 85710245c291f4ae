import { z } from "zod";
import { maskAddress } from "@/lib/mail/mask-address";
import { facts, note, paragraph, template } from "@/lib/mail/templates/template";

/** Goes to the old address. The new one is shown in part, whoever reads here. */
export const emailChangedNotice = template({
  label: "Notice of a changed address",
  values: z.strictObject({ newAddress: z.string() }),
  sample: () => ({ newAddress: "eve@northwind.example" }),
  subject: () => "Your address for Gatehouse has changed",
  blocks: ({ newAddress }) => [
    paragraph("Mail for your account goes to another address from now on. This one receives nothing more."),
    facts(["New address", maskAddress(newAddress)]),
    note("Wasn't this you? Tell your administrator at once."),
  ],
});
