import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { requireOperation } from "@/lib/auth/current";
import { loadAccesses } from "@/lib/authz/load";
import type { Ctx } from "@/lib/context";
import { fullName } from "@/lib/normalization/names";
import { heldBy } from "@/lib/people/held";
import { findPerson } from "@/lib/people/scoped";
import { detailOf } from "@/lib/users/queries";

export const personOfPage = cache(
  async (ctx: Ctx, id: string) => (await findPerson(ctx, "user.read", id)) ?? notFound(),
);

/** What is stored with the user beside their row, and what they hold. */
export const heldOfPage = cache((ctx: Ctx, id: string) => heldBy(ctx.db, id));
export const accessOfPage = cache((ctx: Ctx, id: string) => loadAccesses(ctx.db, [id], ctx.now()));

/** The user whom layout and tab show, read once: the guard gives both the same context. */
export const userOfPage = cache(async (ctx: Ctx, id: string) => {
  const person = await personOfPage(ctx, id);
  const access = async () => (await accessOfPage(ctx, person.id)).of(person.id);
  return detailOf(ctx, person, { held: heldOfPage(ctx, person.id), access });
});

/** Several people may be open in as many tabs of a browser: each says who it is. */
export async function titleOfUser(params: Promise<{ id: string }>, tab: string): Promise<Metadata> {
  const person = await personOfPage(await requireOperation("user.read"), (await params).id);
  return { title: `${fullName(person)} · ${tab}` };
}
