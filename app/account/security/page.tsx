import type { Metadata } from "next";
import { PasswordForm } from "@/components/account/password-form";
import { FactorPanel } from "@/components/factors/factor-panel";
import { IdentityPanel } from "@/components/identity-providers/identity-panel";
import { LinkOutcome } from "@/components/identity-providers/link-outcome";
import { Time } from "@/components/ui/time";
import { getAccount } from "@/lib/account/queries";
import { requireOwnAccount } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { authorizeAll } from "@/lib/authz/authorize";
import type { Decision } from "@/lib/authz/decision";
import type { Ctx } from "@/lib/context";
import { getOwnFactors } from "@/lib/factors/queries";
import { shortestPasswordOf } from "@/lib/factors/short-passwords";
import { accountOf } from "@/lib/identity-providers/claims";
import { type Left, mayUnlinkOwn } from "@/lib/identity-providers/left";
import { linkableProviders } from "@/lib/identity-providers/linkable";
import { askedAbout, identitiesOf, type ShownIdentity } from "@/lib/identity-providers/queries";
import type { Params } from "@/lib/lists/search-params";
import { outcomeSentence } from "@/lib/sign-in/providers/outcomes";
import { isRefusalCode } from "@/lib/sign-in/providers/refusals";

export const metadata: Metadata = { title: "Security" };

type Props = { searchParams: Promise<Params> };

export default async function SecurityPage({ searchParams }: Props) {
  const ctx = await requireOwnAccount();
  const { username, password, passwordChangedAt } = await getAccount(ctx);
  const zone = await currentZone();
  const identities = await identitiesOf(ctx, ctx.actor.id);
  const linkable = await linkableProviders(ctx, ctx.actor.id);
  const me = { person: { id: ctx.actor.id, name: username } };
  const own = await authorizeAll(ctx, ctx.db, ["identity.link", "identity.unlink"], me);
  const unlinkReason = (left: Left) => reasonOf(own["identity.unlink"]) ?? reasonOf(mayUnlinkOwn(left));
  const outcome = await linkedAs(ctx, await searchParams, identities);
  return (
    <div className="grid max-w-[760px] gap-4">
      {outcome && <LinkOutcome {...outcome} />}
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
      {(identities.length > 0 || linkable.length > 0) && (
        <IdentityPanel
          identities={identities.map((identity) => ({ ...identity, reason: unlinkReason(identity.left) }))}
          person={null}
          linkable={{ providers: linkable, reason: reasonOf(own["identity.link"]) }}
          zone={zone}
          now={ctx.now()}
        />
      )}
    </div>
  );
}

const reasonOf = (decision: Decision) => (decision.ok ? undefined : decision.reason);

/** What the callback wrote into the address: a word, whose sentence is made here. */
async function linkedAs({ db }: Ctx, { link, provider: slug }: Params, identities: ShownIdentity[]) {
  if (typeof link !== "string" || typeof slug !== "string") return null;
  const provider = await askedAbout(db, slug.slice(0, 40));
  const name = provider?.name ?? "The provider";
  const known = identities.find((identity) => identity.provider.name === name);
  if (link === "passed") return known ? { name, account: accountOf(known), problem: null } : null;
  return isRefusalCode(link) ? { name, problem: outcomeSentence("link", link, provider) } : null;
}
