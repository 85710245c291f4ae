import type { ReactNode } from "react";
import { AccountHeader } from "@/components/service-accounts/account-header";
import { requireOperation } from "@/lib/auth/current";
import { accountOfPage } from "./account-of-page";

type Props = { children: ReactNode; params: Promise<{ id: string }> };

export default async function ServiceAccountLayout({ children, params }: Props) {
  const ctx = await requireOperation("service_account.read");
  const { id } = await params;
  return (
    <>
      <AccountHeader account={await accountOfPage(ctx, id)} />
      {children}
    </>
  );
}
