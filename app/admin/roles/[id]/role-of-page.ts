import { notFound } from "next/navigation";
import { cache } from "react";
import type { Ctx, Person } from "@/lib/context";
import { orNotFound } from "@/lib/http/not-found";
import { getRole } from "@/lib/roles/detail";

/** The role that page and title show, read once: the guard gives both the same context. */
export const roleOfPage = cache((ctx: Ctx<Person>, id: string) => orNotFound(getRole(ctx, id), notFound));
