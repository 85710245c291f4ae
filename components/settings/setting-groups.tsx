import { SettingForm } from "@/components/settings/setting-form";
import { SettingText } from "@/components/settings/setting-text";
import { Note } from "@/components/ui/note";
import { Panel, PanelHead } from "@/components/ui/panel";
import { settingId } from "@/lib/settings/paths";
import type { ShownSetting } from "@/lib/settings/queries";

interface SettingGroupsProps {
  settings: ShownSetting[];
  /** Why whoever looks cannot change them: then they are text. */
  reason?: string | undefined;
  zone: string;
  now: Date;
}

/** Every setting with its sentence, in the order of the catalogue. */
export function SettingGroups({ settings, reason, zone, now }: SettingGroupsProps) {
  const groups = [...new Set(settings.map(({ group }) => group))];
  return (
    <div className="grid max-w-[760px] gap-4">
      {reason ? (
        <Note>{reason}</Note>
      ) : (
        <p className="text-ui text-muted">
          Each setting has its own Update, which is off until the setting has changed.
        </p>
      )}
      {groups.map((group) => (
        <Panel key={group} aria-labelledby={idOf(group)}>
          <PanelHead title={group} titleId={idOf(group)} />
          <ul className="divide-y divide-line border-t border-line">
            {settings
              .filter((setting) => setting.group === group)
              .map((setting) => (
                <li
                  key={setting.key}
                  id={settingId(setting.key)}
                  className="scroll-mt-4 px-4 py-3.5 max-s:scroll-mt-17"
                >
                  {reason ? (
                    <SettingText setting={setting} zone={zone} now={now} />
                  ) : (
                    <SettingForm setting={setting} zone={zone} now={now} />
                  )}
                </li>
              ))}
          </ul>
        </Panel>
      ))}
    </div>
  );
}

const idOf = (group: string) => `settings-${group.toLowerCase().replaceAll(" ", "-")}`;
