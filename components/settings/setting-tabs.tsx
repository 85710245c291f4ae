"use client";
import { usePathname } from "next/navigation";
import { TabsNav } from "@/components/ui/tabs-nav";

/** Each only for whoever may open it. */
export function SettingTabs({ settings, mail }: { settings: boolean; mail: boolean }) {
  const pathname = usePathname();
  const tabs = [
    ...(settings ? [{ href: "/admin/settings", label: "Settings" }] : []),
    ...(mail ? [{ href: "/admin/settings/mail", label: "Mail" }] : []),
  ];
  const isCurrent = (href: string) => (href === "/admin/settings" ? pathname === href : pathname.startsWith(href));
  return <TabsNav label="Settings" tabs={tabs.map((tab) => ({ ...tab, current: isCurrent(tab.href) }))} />;
}
