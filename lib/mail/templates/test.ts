import { z } from "zod";
import { note, paragraph, template } from "@/lib/mail/templates/template";

export const test = template({
  label: "Test",
  values: z.strictObject({}),
  sample: () => ({}),
  subject: () => "Test mail from Gatehouse",
  blocks: () => [
    paragraph("Mail delivery from Gatehouse works."),
    note("An administrator sent this test. You don't need to do anything."),
  ],
});
