import { authorizeAll } from "@/lib/authz/authorize";
import type { Decision } from "@/lib/authz/decision";
import type { Ctx } from "@/lib/context";
import { mayBeOnly, mayBeReleased, mayDisable, mayEnable } from "@/lib/identity-providers/policy";
import type { ShownProvider } from "@/lib/identity-providers/queries";

const operations = [
  "identity_provider.update",
  "identity_provider.test",
  "identity_provider.enable",
  "identity_provider.disable",
  "identity_provider.delete",
  "identity_provider.require",
  "identity_provider.release",
] as const;

export type ProviderAbilities = Record<(typeof operations)[number], Decision>;

/** What the viewer may do with a provider at this moment, and why not: first what they hold, then what its state allows. */
export async function providerAbilities(ctx: Ctx, provider: ShownProvider): Promise<ProviderAbilities> {
  const held = await authorizeAll(ctx, ctx.db, operations, { person: null });
  const also = (operation: (typeof operations)[number], state: Decision) =>
    held[operation].ok ? state : held[operation];
  return {
    ...held,
    "identity_provider.enable": also("identity_provider.enable", mayEnable(provider)),
    "identity_provider.disable": also("identity_provider.disable", mayDisable(provider)),
    "identity_provider.require": also("identity_provider.require", mayBeOnly(provider)),
    "identity_provider.release": also("identity_provider.release", mayBeReleased(provider)),
  };
}
