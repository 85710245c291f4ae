import { notFound } from "next/navigation";
import { cache } from "react";
import type { Ctx } from "@/lib/context";
import { getGroup } from "@/lib/groups/queries";
import { orNotFound } from "@/lib/not-found";

/** The group that layout and tab show, read once: the guard gives both the same context. */
export const groupOfPage = cache((ctx: Ctx, id: string) => orNotFound(getGroup(ctx, id), notFound));
