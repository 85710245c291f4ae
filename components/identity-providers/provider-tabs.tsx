"use client";
import { usePathname } from "next/navigation";
import { TabsNav } from "@/components/ui/tabs-nav";
import { providerPath, testPageOf } from "@/lib/identity-providers/pages";

export function ProviderTabs({ id }: { id: string }) {
  const pathname = usePathname();
  const base = providerPath(id);
  const tabs = [
    { href: base, label: "Settings" },
    { href: `${base}/connection`, label: "Connection" },
    { href: testPageOf(id), label: "Test" },
  ];
  return (
    <TabsNav
      label="Identity provider"
      tabs={tabs.map((tab) => ({ ...tab, current: tab.href === pathname }))}
      className="mb-5"
    />
  );
}
