import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { countOf, type Total } from "@/lib/lists/pagination";
import { dependsOn } from "@/lib/people/way-in";

/** How many people can sign in through this provider alone: whom its deletion would leave without a way in. */
export const countDependent = (ctx: Ctx, provider: { id: string; slug: string }): Promise<Total> =>
  countOf(ctx, sql`users where ${dependsOn(provider, ctx.now())}`);
