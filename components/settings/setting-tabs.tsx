"use client";
import { usePathname } from "next/navigation";
import { TabsNav } from "@/components/ui/tabs-nav";
import { settingsPath } from "@/lib/settings/paths";

/** "Settings" only for people who may open it; "Mail" has a part for everybody who comes here. */
export function SettingTabs({ settings }: { settings: boolean }) {
  const pathname = usePathname();
  const tabs = [
    ...(settings ? [{ href: settingsPath, label: "Settings" }] : []),
    { href: "/admin/settings/mail", label: "Mail" },
  ];
  const isCurrent = (href: string) => (href === settingsPath ? pathname === href : pathname.startsWith(href));
  return <TabsNav label="Settings" tabs={tabs.map((tab) => ({ ...tab, current: isCurrent(tab.href) }))} />;
}
