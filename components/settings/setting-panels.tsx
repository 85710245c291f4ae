import type { ReactNode } from "react";
import { Panel, PanelHead } from "@/components/ui/panel";
import { settingId } from "@/lib/settings/paths";
import type { ShownSetting } from "@/lib/settings/queries";

interface SettingPanelsProps {
  settings: ShownSetting[];
  children: (setting: ShownSetting) => ReactNode;
}

/** Every setting in the order of the catalogue, by its group. */
export function SettingPanels({ settings, children }: SettingPanelsProps) {
  const groups = [...new Set(settings.map(({ group }) => group))];
  return groups.map((group) => (
    <Panel key={group} aria-labelledby={idOf(group)}>
      <PanelHead title={group} titleId={idOf(group)} />
      <ul className="divide-y divide-line border-t border-line">
        {settings
          .filter((setting) => setting.group === group)
          .map((setting) => (
            <li key={setting.key} id={settingId(setting.key)} className="scroll-mt-4 px-4 py-3.5 max-s:scroll-mt-17">
              {children(setting)}
            </li>
          ))}
      </ul>
    </Panel>
  ));
}

const idOf = (group: string) => `settings-${group.toLowerCase().replaceAll(" ", "-")}`;
