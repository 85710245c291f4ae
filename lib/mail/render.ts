import type { MailBlock, MailDescription } from "@/lib/mail/templates/template";

export type RenderedMail = { subject: string; text: string; html: string };

/** Text and HTML of one description. The HTML asks for nothing: no image, no font, no script. */
export function renderMail(mail: MailDescription): RenderedMail {
  return { subject: mail.subject, text: textOf(mail), html: htmlOf(mail) };
}

const textOf = ({ blocks }: MailDescription) => `${blocks.map(blockText).join("\n\n")}\n\n-- \nGatehouse\n`;

function blockText(block: MailBlock): string {
  if (block.kind === "button") return `${block.label}:\n${block.href}`;
  if (block.kind === "facts") return block.rows.map(([label, value]) => `${label}: ${value}`).join("\n");
  return block.text;
}

const font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Helvetica,Arial,sans-serif";
const ink = "#1c1f24";
const muted = "#5f6670";
const line = "#d9dce1";

/** Colours are set on light ground; a client that turns them round for the dark keeps their contrast. */
const htmlOf = ({ subject, blocks }: MailDescription) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(subject)}</title>
</head>
<body style="margin:0;padding:24px 12px;background:#f4f5f7;${font}">
<table role="presentation" cellpadding="0" cellspacing="0" align="center" width="100%" style="max-width:520px;margin:0 auto;background:#ffffff;border:1px solid ${line};border-radius:8px">
<tr><td style="padding:28px 28px 20px;color:${ink};font-size:15px;line-height:23px">
<h1 style="margin:0 0 14px;font-size:18px;line-height:25px;font-weight:600;color:${ink}">${escaped(subject)}</h1>
${blocks.map(blockHtml).join("\n")}
</td></tr>
<tr><td style="padding:12px 28px;border-top:1px solid ${line};color:${muted};font-size:13px;line-height:20px">Gatehouse</td></tr>
</table>
</body>
</html>
`;

function blockHtml(block: MailBlock): string {
  switch (block.kind) {
    case "paragraph":
      return `<p style="margin:0 0 16px">${escaped(block.text)}</p>`;
    case "note":
      return `<p style="margin:0 0 10px;color:${muted};font-size:13px;line-height:20px">${escaped(block.text)}</p>`;
    case "facts":
      return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 16px;font-size:15px;line-height:23px">${block.rows
        .map(
          ([label, value]) =>
            `<tr><td style="padding:2px 16px 2px 0;color:${muted};vertical-align:top">${escaped(label)}</td><td style="padding:2px 0;color:${ink}">${escaped(value)}</td></tr>`,
        )
        .join("")}</table>`;
    case "button":
      return `<p style="margin:0 0 10px"><a href="${escaped(block.href)}" style="display:inline-block;padding:10px 16px;background:#2b50d8;color:#ffffff;border-radius:6px;font-weight:500;text-decoration:none">${escaped(block.label)}</a></p>
<p style="margin:0 0 16px;color:${muted};font-size:13px;line-height:20px;word-break:break-all">Or open ${escaped(block.href)}</p>`;
  }
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string) => text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
