"use client";
import { usePathname } from "next/navigation";
import { TabsNav } from "@/components/ui/tabs-nav";

type UserTabsProps = { id: string; counts: { clients: number; owned: number; sessions: number } };

export function UserTabs({ id, counts }: UserTabsProps) {
  const pathname = usePathname();
  const base = `/admin/users/${id}`;
  const tabs = [
    { href: base, label: "User Details" },
    { href: `${base}/clients`, label: "Client Provision", count: counts.clients || undefined },
    { href: `${base}/access`, label: "Roles and Groups" },
    { href: `${base}/owned`, label: "Owned Objects", count: counts.owned || undefined },
    { href: `${base}/sessions`, label: "Sessions", count: counts.sessions || undefined },
    { href: `${base}/activity`, label: "Activity" },
  ];
  return (
    <TabsNav
      label="Edit User"
      tabs={tabs.map((tab) => ({ ...tab, current: tab.href === pathname }))}
      className="mb-5"
    />
  );
}
