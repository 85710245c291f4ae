import type { ReactNode } from "react";
import { AccountTabs } from "@/components/account/account-tabs";
import { Console } from "@/components/shell/console";
import { PageHeader } from "@/components/shell/page-header";
import { requireOwnAccount } from "@/lib/auth/current";
import { shellData } from "@/lib/shell/shell-data";

export default async function AccountLayout({ children }: { children: ReactNode }) {
  const ctx = await requireOwnAccount();
  return (
    <Console {...(await shellData(ctx))}>
      <PageHeader title="My profile" />
      <AccountTabs />
      {children}
    </Console>
  );
}
