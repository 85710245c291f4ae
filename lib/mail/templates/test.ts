import { z } from "zod";
import { note, paragraph, template } from "@/lib/mail/templates/template";

export const test = template({
  label: "Test",
  values: z.strictObject({}),
  sample: () => ({}),
  subject: () => "A test from Gatehouse",
  blocks: () => [
    paragraph("Mail from Gatehouse arrives here."),
    note("An administrator asked for this test. Nothing else happened."),
  ],
});
