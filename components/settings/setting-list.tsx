import { SettingPanels } from "@/components/settings/setting-panels";
import { SettingText } from "@/components/settings/setting-text";
import { Note } from "@/components/ui/note";
import type { ShownSetting } from "@/lib/settings/queries";

interface SettingListProps {
  settings: ShownSetting[];
  /** Why the viewer cannot change them. */
  reason: string;
  zone: string;
  now: Date;
}

/** The settings as text, for people who may see but not change them. */
export function SettingList({ settings, reason, zone, now }: SettingListProps) {
  return (
    <div className="grid gap-4">
      <Note>{reason}</Note>
      <SettingPanels settings={settings}>
        {(setting) => <SettingText setting={setting} zone={zone} now={now} />}
      </SettingPanels>
    </div>
  );
}
