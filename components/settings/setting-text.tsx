import { SettingOrigin } from "@/components/settings/setting-origin";
import type { ShownSetting } from "@/lib/settings/queries";

/** A setting for people who may see but not change it. */
export function SettingText({ setting, zone, now }: { setting: ShownSetting; zone: string; now: Date }) {
  return (
    <div className="grid gap-1 text-ui">
      <h3 className="font-medium">{setting.label}</h3>
      <p className="text-ink-2">{setting.words}</p>
      <p className="text-xs text-muted">{setting.sentence}</p>
      <SettingOrigin setting={setting} zone={zone} now={now} />
    </div>
  );
}
