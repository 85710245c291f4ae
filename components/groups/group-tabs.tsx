"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { TabsNav } from "@/components/ui/tabs-nav";
import { groupsPath } from "@/lib/groups/paths";

type GroupTabsProps = { id: string; counts: { roles: number; members: ReactNode } };

export function GroupTabs({ id, counts }: GroupTabsProps) {
  const pathname = usePathname();
  const base = `${groupsPath}/${id}`;
  const tabs = [
    { href: base, label: "Group Details" },
    { href: `${base}/roles`, label: "Roles", count: counts.roles || undefined },
    { href: `${base}/members`, label: "Members", count: counts.members },
    { href: `${base}/activity`, label: "Activity" },
  ];
  return (
    <TabsNav
      label="Edit group"
      tabs={tabs.map((tab) => ({ ...tab, current: tab.href === pathname }))}
      className="mb-5!"
    />
  );
}
