import type { Metadata } from "next";
import { AccountFacts } from "@/components/account/account-facts";
import { EmailForm } from "@/components/account/email-form";
import { NameForm } from "@/components/account/name-form";
import { getAccount } from "@/lib/account/queries";
import { requireSignedIn } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";

export const metadata: Metadata = { title: "My profile" };

export default async function AccountPage() {
  const ctx = await requireSignedIn();
  const account = await getAccount(ctx);
  const { version, email, firstName, lastName, password } = account;
  return (
    <div className="grid max-w-[760px] gap-4">
      <NameForm account={{ version, firstName, lastName }} />
      <EmailForm account={{ version, email }} reason={password.ok ? undefined : password.reason} />
      <AccountFacts account={account} zone={await currentZone()} now={ctx.now()} />
    </div>
  );
}
