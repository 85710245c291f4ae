"use client";
import { usePathname } from "next/navigation";
import { TabsNav } from "@/components/ui/tabs-nav";
import { ownServiceAccountsPath } from "@/lib/service-accounts/paths";

const tabs = [
  { href: "/account", label: "Details" },
  { href: "/account/security", label: "Security" },
  { href: "/account/clients", label: "Token Management" },
  { href: "/account/tokens", label: "Access tokens" },
  { href: "/account/api", label: "API reference" },
  { href: "/account/sessions", label: "Sessions" },
  { href: "/account/activity", label: "Activity" },
  { href: "/account/access", label: "My access" },
];

export function AccountTabs() {
  const pathname = usePathname();
  // A service account of one's own stands below one's own tokens.
  const place = pathname.startsWith(`${ownServiceAccountsPath}/`) ? "/account/tokens" : pathname;
  return <TabsNav label="My profile" tabs={tabs.map((tab) => ({ ...tab, current: tab.href === place }))} />;
}
