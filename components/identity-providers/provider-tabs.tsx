"use client";
import { usePathname } from "next/navigation";
import { TabsNav } from "@/components/ui/tabs-nav";
import { activityOf, connectionOf, providerPath, testPageOf } from "@/lib/identity-providers/pages";

export function ProviderTabs({ id }: { id: string }) {
  const pathname = usePathname();
  const base = providerPath(id);
  const tabs = [
    { href: base, label: "Settings" },
    { href: connectionOf(id), label: "Connection" },
    { href: testPageOf(id), label: "Test" },
    { href: activityOf(id), label: "Activity" },
  ];
  return (
    <TabsNav
      label="Identity provider"
      tabs={tabs.map((tab) => ({ ...tab, current: tab.href === pathname }))}
      className="mb-5!"
    />
  );
}
