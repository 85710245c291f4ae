import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { requireOperation } from "@/lib/auth/current";
import type { Ctx } from "@/lib/context";
import { orNotFound } from "@/lib/http/not-found";
import { getAccount } from "@/lib/service-accounts/queries";

/** The service account that layout and tab show, read once: the guard gives both the same context. */
export const accountOfPage = cache((ctx: Ctx, id: string) => orNotFound(getAccount(ctx, id), notFound));

/** Several may be open in as many tabs of a browser: each says which it is. */
export async function titleOfAccount(params: Promise<{ id: string }>, tab: string): Promise<Metadata> {
  const { name } = await accountOfPage(await requireOperation("service_account.read"), (await params).id);
  return { title: `${name} · ${tab}` };
}
