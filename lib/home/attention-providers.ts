import { asc, eq, sql } from "drizzle-orm";
import { atMost, kept } from "@/db/kept";
import { identities, identityProviders, users } from "@/db/schema";
import { text } from "@/lib/audit/words";
import { type Fault, faultsOf } from "@/lib/audit-log/of-provider";
import { hasLeft } from "@/lib/authz/account-status";
import { scopesOf } from "@/lib/authz/evaluate";
import type { Ctx, Person } from "@/lib/context";
import type { Attention } from "@/lib/home/attention-words";
import { opens } from "@/lib/home/queries";
import { activityOf, connectionOf, providerPath } from "@/lib/identity-providers/pages";
import { type Remedy, remedyOf } from "@/lib/identity-providers/remedies";
import { secretEnd } from "@/lib/identity-providers/secret-end";

type Provider = typeof identityProviders.$inferSelect;

/** As many providers are looked at: there are few. */
const most = 50;

/** Providers that people sign in through, with something to repair; each leads to where that is done. */
export async function providersAtFault(ctx: Ctx<Person>): Promise<Attention[]> {
  const rows = await kept(
    ctx.db
      .select({
        provider: identityProviders,
        left: sql<boolean>`(${users.id} is null or ${hasLeft(ctx.now())})`,
        lastSignInAt:
          sql<Date | null>`(select max(i.last_sign_in_at) from identities i where i.provider_id = ${identityProviders.id}
        and i.last_sign_in_at is not null)`.mapWith(identities.lastSignInAt),
      })
      .from(identityProviders)
      .leftJoin(users, eq(users.id, identityProviders.ownerId))
      .where(eq(identityProviders.state, "enabled"))
      .orderBy(asc(identityProviders.nameKey))
      .limit(atMost(most)),
  );
  const may = opens(ctx, "identity_provider.update");
  const readsEverything = scopesOf(ctx.actor.access, "audit.read").has("all");
  const asked = readsEverything ? rows.map(({ provider }) => provider.id) : [];
  const faults = await faultsOf(ctx, asked, looked);
  return rows.flatMap(({ provider, left, lastSignInAt }) => [
    ...failing(provider, faults.get(provider.id) ?? [], lastSignInAt),
    ...endingSecret(ctx, provider, may),
    ...(left ? [ownerless(provider, may)] : []),
  ]);
}

function endingSecret(ctx: Ctx, { id, name, secretExpiresAt }: Provider, may: boolean): Attention[] {
  const end = secretEnd(secretExpiresAt, ctx.now());
  if (!end) return [];
  return [
    {
      key: `secret-${id}`,
      tone: end.over ? "danger" : "warning",
      glyph: "key",
      title: [text(`${name}: ${end.words.replace("Secret", "client secret")}`)],
      hint: [text("Without a valid secret, nobody can sign in through it. Create a new one there and enter it here.")],
      action: { label: may ? "Enter a new one" : "View provider", href: connectionOf(id) },
    },
  ];
}

const ownerless = ({ id, name }: Provider, may: boolean): Attention => ({
  key: `owner-${id}`,
  tone: "warning",
  glyph: "left",
  title: [text(`${name} has no active owner`)],
  hint: [text("Linked people can sign in, but it creates and updates no users.")],
  action: { label: may ? "Choose an owner" : "View provider", href: providerPath(id) },
});

/** From so many on, and none that succeeded since, something is wrong with the provider. */
const enough = 3;
const looked = 10;

function failing({ id, name }: Provider, found: Fault[], since: Date | null): Attention[] {
  const faults = found.flatMap(({ at, reason }): Remedy[] => {
    const remedy = reason === null ? null : remedyOf(reason);
    return remedy?.whose === "provider" && (since === null || at > since) ? [remedy] : [];
  });
  const [newest] = faults;
  if (!newest || faults.length < enough) return [];
  return [
    {
      key: `failing-${id}`,
      tone: "danger",
      glyph: "lock",
      title: [
        text(
          `The last ${faults.length === looked ? `${looked} or more` : faults.length} sign-ins through ${name} failed`,
        ),
      ],
      hint: [text(newest.advice)],
      action: { label: "View activity", href: activityOf(id) },
    },
  ];
}
