"use client";
import { usePathname } from "next/navigation";
import { TabsNav } from "@/components/ui/tabs-nav";

/** Null: that page does not open to the viewer. */
type UserTabsProps = {
  id: string;
  counts: { clients: number | null; tokens: number | null; owned: number; sessions: number | null };
};

export function UserTabs({ id, counts }: UserTabsProps) {
  const pathname = usePathname();
  const base = `/admin/users/${id}`;
  const tabs = [
    { href: base, label: "User Details" },
    {
      href: `${base}/clients`,
      label: "Client Provision",
      count: counts.clients || undefined,
      shut: counts.clients === null,
    },
    {
      href: `${base}/tokens`,
      label: "Access Tokens",
      count: counts.tokens || undefined,
      shut: counts.tokens === null,
    },
    { href: `${base}/access`, label: "Roles and Groups" },
    { href: `${base}/owned`, label: "Owned Objects", count: counts.owned || undefined },
    {
      href: `${base}/sessions`,
      label: "Sessions",
      count: counts.sessions || undefined,
      shut: counts.sessions === null,
    },
    { href: `${base}/activity`, label: "Activity" },
  ];
  return (
    <TabsNav
      label="Edit User"
      tabs={tabs.filter(({ shut }) => !shut).map((tab) => ({ ...tab, current: tab.href === pathname }))}
      className="mb-5!"
    />
  );
}
