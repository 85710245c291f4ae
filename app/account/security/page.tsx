import type { Metadata } from "next";
import { PasswordForm } from "@/components/account/password-form";
import { FactorPanel } from "@/components/factors/factor-panel";
import { Time } from "@/components/ui/time";
import { getAccount } from "@/lib/account/queries";
import { requireSignedIn } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { getOwnFactors } from "@/lib/factors/queries";
import { shortestPasswordOf } from "@/lib/factors/short-passwords";

export const metadata: Metadata = { title: "Security" };

export default async function SecurityPage() {
  const ctx = await requireSignedIn();
  const { username, password, passwordChangedAt } = await getAccount(ctx);
  const zone = await currentZone();
  return (
    <div className="grid max-w-[760px] gap-4">
      <PasswordForm
        username={username}
        shortest={await shortestPasswordOf(ctx, ctx.actor.id)}
        reason={password.ok ? undefined : password.reason}
        changed={
          passwordChangedAt && (
            <>
              Changed <Time at={passwordChangedAt} zone={zone} now={ctx.now()} />
            </>
          )
        }
      />
      <FactorPanel factors={await getOwnFactors(ctx)} zone={zone} now={ctx.now()} />
    </div>
  );
}
