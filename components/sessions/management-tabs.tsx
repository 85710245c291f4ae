"use client";
import { usePathname } from "next/navigation";
import { TabsNav } from "@/components/ui/tabs-nav";
import { type SessionTab, sessionLists } from "@/lib/sessions/filters";

export function ManagementTabs({ open }: { open: SessionTab[] }) {
  const pathname = usePathname();
  const tabs = open.map((tab) => ({
    href: sessionLists[tab].path,
    label: sessionLists[tab].label,
    current: pathname === sessionLists[tab].path,
  }));
  return <TabsNav label="Session Management" tabs={tabs} />;
}
