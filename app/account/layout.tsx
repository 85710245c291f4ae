import type { ReactNode } from "react";
import { AccountTabs } from "@/components/account/account-tabs";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { Console } from "@/components/shell/console";
import { PageHeader } from "@/components/shell/page-header";
import { requireSignedIn } from "@/lib/auth/current";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { shellData } from "@/lib/shell/shell-data";
import { searchPaletteAction } from "@/lib/users/actions";

export default async function AccountLayout({ children }: { children: ReactNode }) {
  const ctx = await requireSignedIn();
  return (
    <Console
      {...(await shellData(ctx))}
      search={holdsBeyondSelf(ctx.actor.access, "user.read") ? searchPaletteAction : undefined}
    >
      <PageHeader title="My profile" actions={<SignOutButton />} />
      <AccountTabs />
      {children}
    </Console>
  );
}
