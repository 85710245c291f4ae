import type { Metadata } from "next";
import { AccountFacts } from "@/components/account/account-facts";
import { EmailForm } from "@/components/account/email-form";
import { OwnData } from "@/components/account/own-data";
import { PictureForm } from "@/components/account/picture-form";
import { ProfileForm } from "@/components/account/profile-form";
import { Time } from "@/components/ui/time";
import { getAccount } from "@/lib/account/queries";
import { requireOwnAccount } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { findPendingEmail } from "@/lib/links/queries";
import { mailWorks } from "@/lib/mail/transport";

export const metadata: Metadata = { title: "My profile" };

export default async function AccountPage() {
  const ctx = await requireOwnAccount();
  const account = await getAccount(ctx);
  const waiting = await findPendingEmail(ctx);
  const { version, email, password } = account;
  return (
    <div className="grid max-w-[760px] gap-4">
      <ProfileForm account={account} />
      <EmailForm
        account={{ version, email }}
        reason={password.ok ? undefined : password.reason}
        kept={account.keeper !== null}
        mail={await mailWorks(ctx.db)}
        waiting={
          waiting && {
            address: waiting.address,
            expires: <Time at={waiting.expiresAt} zone={await currentZone()} now={ctx.now()} form="exact" />,
          }
        }
      />
      <PictureForm me={{ id: account.id, name: account.name, picture: account.picture }} />
      <AccountFacts account={account} zone={await currentZone()} now={ctx.now()} />
      <OwnData />
    </div>
  );
}
