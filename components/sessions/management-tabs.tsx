"use client";
import { usePathname } from "next/navigation";
import { TabsNav } from "@/components/ui/tabs-nav";
import { type SessionTab, sessionLabels, sessionPaths } from "@/lib/sessions/paths";

export function ManagementTabs({ open }: { open: SessionTab[] }) {
  const pathname = usePathname();
  const tabs = open.map((tab) => ({
    href: sessionPaths[tab],
    label: sessionLabels[tab],
    current: pathname === sessionPaths[tab],
  }));
  return <TabsNav label="Session Management" tabs={tabs} />;
}
