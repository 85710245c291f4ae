import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import type { MailPreview as Preview } from "@/lib/mail/queries";

/** One mail with invented values, as it arrives. The frame runs nothing and leads nowhere. */
export function MailPreview({ preview }: { preview: Preview }) {
  const { key, label, subject, text, html } = preview;
  const titleId = `mail-${key}`;
  return (
    <Panel aria-labelledby={titleId}>
      <PanelHead title={label} titleId={titleId} hint={subject} />
      <PanelBody>
        <iframe
          title={`${label}, as HTML`}
          sandbox=""
          srcDoc={html}
          loading="lazy"
          className="h-[430px] w-full rounded-md border border-line bg-white"
        />
        <details className="text-ui">
          <summary className="cursor-pointer rounded-sm text-muted hover:text-ink">As text</summary>
          <pre className="mt-2 overflow-x-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap">
            {text}
          </pre>
        </details>
      </PanelBody>
    </Panel>
  );
}
