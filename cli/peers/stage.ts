import { inject } from "vitest";
import type { Tx } from "@/db/client";
import { createProvider } from "@/lib/identity-providers/commands/create";
import { enableProvider, recordTest } from "@/lib/identity-providers/commands/state";
import { company } from "@/lib/testing/company";
import { as, roleNamed } from "@/lib/testing/database";
import { providerForm, providerRow } from "@/lib/testing/identity-providers";
import { takeForOwn } from "@/lib/testing/process-database";
import { keycloakClient } from "./realm";

declare module "vitest" {
  interface ProvidedContext {
    keycloak: string;
  }
}

export const slug = "keycloak";

/** A company that signs in through Keycloak, whose users it creates. */
export async function stage(tx: Tx) {
  takeForOwn(tx);
  const { ada } = await company(tx);
  const ctx = await as(tx, ada);
  const { id: primary } = await roleNamed(tx, "Quality Engineer");
  const given = { createsUsers: true, defaultRoleId: primary, ceilingRoleIds: [primary] };
  const form = providerForm(
    ada.id,
    { discoveryUrl: inject("keycloak") },
    { slug, name: "Keycloak", preset: "keycloak", ...given },
  );
  const { id } = await createProvider(ctx, { ...form, ...keycloakClient });
  const { connectionId } = await providerRow(tx, id);
  await recordTest(ctx, { id, connectionId, claims: {} });
  await enableProvider(ctx, { id });
  return { id };
}
