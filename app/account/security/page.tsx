import type { Metadata } from "next";
import { PasswordForm } from "@/components/account/password-form";
import { Time } from "@/components/ui/time";
import { getAccount } from "@/lib/account/queries";
import { requireSignedIn } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";

export const metadata: Metadata = { title: "Security" };

export default async function SecurityPage() {
  const ctx = await requireSignedIn();
  const { username, password, passwordChangedAt } = await getAccount(ctx);
  const zone = await currentZone();
  return (
    <div className="max-w-[760px]">
      <PasswordForm
        username={username}
        reason={password.ok ? undefined : password.reason}
        changed={
          passwordChangedAt && (
            <>
              Changed <Time at={passwordChangedAt} zone={zone} now={ctx.now()} />
            </>
          )
        }
      />
    </div>
  );
}
