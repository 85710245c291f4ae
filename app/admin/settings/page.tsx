import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SettingGroups } from "@/components/settings/setting-groups";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { mailPath } from "@/lib/mail/filters";
import { listSettings, mayChangeSettings } from "@/lib/settings/queries";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const ctx = await requireOperation("setting.read", "mail.read");
  if (!holdsBeyondSelf(ctx.actor.access, "setting.read")) redirect(mailPath);
  const mayChange = mayChangeSettings(ctx);
  return (
    <SettingGroups
      settings={await listSettings(ctx)}
      reason={mayChange.ok ? undefined : mayChange.reason}
      zone={await currentZone()}
      now={ctx.now()}
    />
  );
}
