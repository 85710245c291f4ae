import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { requireOperation } from "@/lib/auth/current";
import type { Ctx } from "@/lib/context";
import { getGroup } from "@/lib/groups/queries";
import { orNotFound } from "@/lib/http/not-found";

/** The group that layout and tab show, read once: the guard gives both the same context. */
export const groupOfPage = cache((ctx: Ctx, id: string) => orNotFound(getGroup(ctx, id), notFound));

/** Several groups may be open in as many tabs of a browser: each says which it is. */
export async function titleOfGroup(params: Promise<{ id: string }>, tab: string): Promise<Metadata> {
  const { name } = await groupOfPage(await requireOperation("group.read"), (await params).id);
  return { title: `${name} · ${tab}` };
}
