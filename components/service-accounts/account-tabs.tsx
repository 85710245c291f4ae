"use client";
import { usePathname } from "next/navigation";
import { TabsNav } from "@/components/ui/tabs-nav";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";

export function AccountTabs({ id, tokens }: { id: string; tokens: number }) {
  const pathname = usePathname();
  const base = `${serviceAccountsPath}/${id}`;
  const tabs = [
    { href: base, label: "Details" },
    { href: `${base}/tokens`, label: "Tokens", count: tokens || undefined },
    { href: `${base}/activity`, label: "Activity" },
  ];
  return (
    <TabsNav
      label="Service account"
      tabs={tabs.map((tab) => ({ ...tab, current: tab.href === pathname }))}
      className="mb-5!"
    />
  );
}
