import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { requireOperation } from "@/lib/auth/current";
import type { Ctx } from "@/lib/context";
import { findProvider } from "@/lib/identity-providers/queries";

/** The provider that layout and tab show, read once: the guard gives both the same context. */
export const providerOfPage = cache(async (ctx: Ctx, id: string) => (await findProvider(ctx, id)) ?? notFound());

/** Several providers may be open in as many tabs of a browser: each says which it is. */
export async function titleOfProvider(params: Promise<{ id: string }>, tab: string): Promise<Metadata> {
  const { name } = await providerOfPage(await requireOperation("identity_provider.read"), (await params).id);
  return { title: `${name} · ${tab}` };
}
