import type { ReactNode } from "react";
import { ProviderHeader } from "@/components/identity-providers/provider-header";
import { requireOperation } from "@/lib/auth/current";
import { providerAbilities } from "@/lib/identity-providers/abilities";
import { providerOfPage } from "./provider-of-page";

type Props = { children: ReactNode; params: Promise<{ id: string }> };

export default async function ProviderLayout({ children, params }: Props) {
  const ctx = await requireOperation("identity_provider.read");
  const provider = await providerOfPage(ctx, (await params).id);
  return (
    <>
      <ProviderHeader provider={provider} abilities={await providerAbilities(ctx, provider)} now={ctx.now()} />
      {children}
    </>
  );
}
