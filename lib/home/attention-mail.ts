import { text } from "@/lib/audit/words";
import type { Ctx, Person } from "@/lib/context";
import type { Attention } from "@/lib/home/attention-words";
import { opens } from "@/lib/home/queries";
import { mailWorks } from "@/lib/mail/transport";

/** While mail is not set up, for people who may open its settings: otherwise nobody would notice before a link is needed. */
export async function mailIsMissing(ctx: Ctx<Person>): Promise<Attention[]> {
  if (!opens(ctx, "setting.read") || (await mailWorks(ctx.db))) return [];
  return [
    {
      key: "mail",
      tone: "warning",
      glyph: "mail",
      title: [text("Mail is not set up")],
      hint: [text("Invitation and password links are shown to the person who creates them, to pass on.")],
      action: {
        label: opens(ctx, "mail.configure") ? "Set up mail" : "View mail settings",
        href: "/admin/settings/mail",
      },
    },
  ];
}
