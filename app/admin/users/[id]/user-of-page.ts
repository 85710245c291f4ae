import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { requireOperation } from "@/lib/auth/current";
import type { Ctx } from "@/lib/context";
import { orNotFound } from "@/lib/http/not-found";
import { fullName } from "@/lib/normalization/names";
import { findPerson } from "@/lib/people/scoped";
import { getUser } from "@/lib/users/queries";

/** The user whom layout and tab show, read once: the guard gives both the same context. */
export const userOfPage = cache((ctx: Ctx, id: string) => orNotFound(getUser(ctx, id), notFound));

/** Several people may be open in as many tabs of a browser: each says who it is. */
export async function titleOfUser(params: Promise<{ id: string }>, tab: string): Promise<Metadata> {
  const ctx = await requireOperation("user.read");
  const person = await orNotFound(findPerson(ctx, "user.read", (await params).id), notFound);
  if (!person) notFound();
  return { title: `${fullName(person)} · ${tab}` };
}
