import { notFound } from "next/navigation";
import { cache } from "react";
import { askedOperation } from "@/lib/access/asked";
import type { Ctx } from "@/lib/context";
import { orNotFound } from "@/lib/http/not-found";

/** The operation that page and title show, read once: the guard gives both the same context. */
export const operationOfPage = cache((ctx: Ctx, key: string) => orNotFound(askedOperation(ctx, key), notFound));
