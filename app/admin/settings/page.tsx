import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SettingList } from "@/components/settings/setting-list";
import { SettingsForm } from "@/components/settings/settings-form";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { mailPath } from "@/lib/mail/filters";
import { listSettings, mayChangeSettings } from "@/lib/settings/queries";
import { settingDefaults } from "@/lib/settings/words";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const ctx = await requireOperation("setting.read", "mail.read");
  if (!holdsBeyondSelf(ctx.actor.access, "setting.read")) redirect(mailPath);
  const mayChange = mayChangeSettings(ctx);
  const shown = { settings: await listSettings(ctx), zone: await currentZone(), now: ctx.now() };
  return (
    <div className="max-w-[760px]">
      {mayChange.ok ? (
        <SettingsForm {...shown} defaults={settingDefaults()} />
      ) : (
        <SettingList {...shown} reason={mayChange.reason} />
      )}
    </div>
  );
}
