import type { ReactNode } from "react";
import { SettingTabs } from "@/components/settings/setting-tabs";
import { PageHeader } from "@/components/shell/page-header";
import { requireOperation } from "@/lib/auth/current";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const ctx = await requireOperation("setting.read", "mail.read");
  const settings = holdsBeyondSelf(ctx.actor.access, "setting.read");
  return (
    <>
      <PageHeader title="Settings" />
      <SettingTabs settings={settings} />
      {children}
    </>
  );
}
