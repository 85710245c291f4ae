"use client";
import { usePathname } from "next/navigation";
import { TabsNav } from "@/components/ui/tabs-nav";
import { accountPages } from "@/lib/account/pages";
import { ownServiceAccountsPath } from "@/lib/service-accounts/paths";

export function AccountTabs() {
  const pathname = usePathname();
  // A service account of one's own is below one's own tokens.
  const place = pathname.startsWith(`${ownServiceAccountsPath}/`) ? "/account/tokens" : pathname;
  return <TabsNav label="My profile" tabs={accountPages.map((tab) => ({ ...tab, current: tab.href === place }))} />;
}
