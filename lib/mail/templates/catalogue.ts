import { credentialNotice } from "@/lib/mail/templates/credential-notice";
import { emailChange } from "@/lib/mail/templates/email-change";
import { emailChangedNotice } from "@/lib/mail/templates/email-changed-notice";
import { invitation } from "@/lib/mail/templates/invitation";
import { passwordReset } from "@/lib/mail/templates/password-reset";
import { providerInvitation } from "@/lib/mail/templates/provider-invitation";
import type { MailDescription, Template } from "@/lib/mail/templates/template";
import { test } from "@/lib/mail/templates/test";

/** Every mail that Gatehouse sends. Any other mail cannot be enqueued. */
export const templates = {
  invitation,
  password_reset: passwordReset,
  provider_invitation: providerInvitation,
  email_change: emailChange,
  email_changed_notice: emailChangedNotice,
  credential_notice: credentialNotice,
  test,
};

export type TemplateKey = keyof typeof templates;
export type MailValues<K extends TemplateKey> = (typeof templates)[K] extends Template<infer V> ? V : never;

export const templateKeys = Object.keys(templates) as TemplateKey[];

export const isTemplate = (key: string): key is TemplateKey => Object.hasOwn(templates, key);

/** What a stored mail says, for a reader in this time zone. Throws when the values are not the template's. */
export function describeMail(key: TemplateKey, values: unknown, zone: string): MailDescription {
  return describe(templates[key] as Template<unknown>, values, zone);
}

const describe = <V>(template: Template<V>, values: unknown, zone: string): MailDescription => {
  const parsed = template.values.parse(values);
  return { subject: template.subject(parsed), blocks: template.blocks(parsed, zone) };
};
