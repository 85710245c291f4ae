import { notFound } from "next/navigation";
import { cache } from "react";
import type { Ctx } from "@/lib/context";
import { orNotFound } from "@/lib/not-found";
import { getUser } from "@/lib/users/queries";

/** The user whom layout and tab show, read once: the guard gives both the same context. */
export const userOfPage = cache((ctx: Ctx, id: string) => orNotFound(getUser(ctx, id), notFound));
