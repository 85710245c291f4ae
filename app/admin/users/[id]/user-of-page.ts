import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { requireOperation } from "@/lib/auth/current";
import type { Ctx } from "@/lib/context";
import { fullName } from "@/lib/normalization/names";
import { findPerson } from "@/lib/people/scoped";
import { detailOf } from "@/lib/users/queries";

const personOfPage = cache(async (ctx: Ctx, id: string) => (await findPerson(ctx, "user.read", id)) ?? notFound());

/** The user whom layout and tab show, read once: the guard gives both the same context. */
export const userOfPage = cache(async (ctx: Ctx, id: string) => detailOf(ctx, await personOfPage(ctx, id)));

/** Several people may be open in as many tabs of a browser: each says who it is. */
export async function titleOfUser(params: Promise<{ id: string }>, tab: string): Promise<Metadata> {
  const person = await personOfPage(await requireOperation("user.read"), (await params).id);
  return { title: `${fullName(person)} · ${tab}` };
}
