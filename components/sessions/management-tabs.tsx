"use client";
import { usePathname } from "next/navigation";
import { TabsNav } from "@/components/ui/tabs-nav";
import { type SessionTab, sessionPaths } from "@/lib/sessions/paths";

const labels: Record<SessionTab, string> = {
  users: "Active Users",
  clients: "Active Clients",
  locked: "Locked Users",
};

export function ManagementTabs({ open }: { open: SessionTab[] }) {
  const pathname = usePathname();
  const tabs = open.map((tab) => ({
    href: sessionPaths[tab],
    label: labels[tab],
    current: pathname === sessionPaths[tab],
  }));
  return <TabsNav label="Session Management" tabs={tabs} />;
}
