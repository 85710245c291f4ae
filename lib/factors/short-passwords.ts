import { lengthOf, shortestPassword, shortestWithFactor } from "@/lib/auth/password-rules";
import type { Ctx } from "@/lib/context";
import { isFactorRequired } from "@/lib/factors/requirement";
import { readSettings } from "@/lib/platform/read-settings";

/** Characters that a password of this person must have at this moment: fewer while a second factor is required (S2). */
export const shortestPasswordOf = async (ctx: Ctx, userId: string): Promise<number> =>
  (await isFactorRequired(ctx.db, userId, await readSettings(ctx.db), ctx.now()))
    ? shortestWithFactor
    : shortestPassword;

export const isShort = (password: string) => lengthOf(password) < shortestPassword;
