import type { Metadata } from "next";
import { SettingGroups } from "@/components/settings/setting-groups";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { listSettings, mayChangeSettings } from "@/lib/settings/queries";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const ctx = await requireOperation("setting.read");
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
