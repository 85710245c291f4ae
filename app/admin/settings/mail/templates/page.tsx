import type { Metadata } from "next";
import { MailPreview } from "@/components/mail/mail-preview";
import { LinkButton } from "@/components/ui/button";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { mailPath } from "@/lib/mail/filters";
import { previewMails } from "@/lib/mail/queries";

export const metadata: Metadata = { title: "Mail templates" };

export default async function MailTemplatesPage() {
  await requireOperation("mail.read", "setting.read");
  const previews = previewMails(await currentZone());
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <p className="text-ui text-muted">Every mail that Gatehouse sends, with sample values.</p>
        <LinkButton href={mailPath} className="ml-auto">
          Back to the mail log
        </LinkButton>
      </div>
      <div className="grid items-start gap-4 m:grid-cols-2">
        {previews.map((preview) => (
          <MailPreview key={preview.key} preview={preview} />
        ))}
      </div>
    </>
  );
}
