import type { Metadata } from "next";
import { PasswordForm } from "@/components/account/password-form";
import { FactorPanel } from "@/components/factors/factor-panel";
import { IdentityPanel } from "@/components/identity-providers/identity-panel";
import { Time } from "@/components/ui/time";
import { judge } from "@/lib/access/judge";
import { getAccount } from "@/lib/account/queries";
import { requireSignedIn } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { getOwnFactors } from "@/lib/factors/queries";
import { shortestPasswordOf } from "@/lib/factors/short-passwords";
import { identitiesOf } from "@/lib/identity-providers/queries";

export const metadata: Metadata = { title: "Security" };

export default async function SecurityPage() {
  const ctx = await requireSignedIn();
  const { username, password, passwordChangedAt } = await getAccount(ctx);
  const zone = await currentZone();
  const identities = await identitiesOf(ctx, ctx.actor.id);
  const unlink = await judge(ctx, ctx.db, "identity.unlink", { person: { id: ctx.actor.id, name: username } });
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
      {identities.length > 0 && (
        <IdentityPanel
          identities={identities}
          person={null}
          reason={unlink.ok ? undefined : unlink.reason}
          zone={zone}
          now={ctx.now()}
        />
      )}
    </div>
  );
}
