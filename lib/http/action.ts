import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import type { z } from "zod";
import { currentCtx } from "@/lib/auth/current";
import type { Ctx, Person } from "@/lib/context";
import { AppError, type ErrorCode } from "@/lib/errors";
import { requireOwnOrigin } from "@/lib/http/origin";
import { parseInput } from "@/lib/http/parse-input";
import type { Command } from "@/lib/kernel/command";
import { logUnexpected } from "@/lib/platform/log";
import { databaseRefusal } from "@/lib/platform/unavailable";

/** What every server action answers. The one place where errors are worded for a form. */
export type ActionResult<T> =
  | { ok: true; value: T }
  | {
      ok: false;
      code: ErrorCode | "unexpected";
      message: string;
      fields?: Record<string, string>;
      details?: unknown;
      ref?: string;
    };

type Declaration<S extends z.ZodType, T, C extends Ctx = Ctx<Person>> = {
  input: S;
  run: (ctx: C, input: z.output<S>) => Promise<T>;
  /** Paths whose pages show what has changed. */
  refresh?: (value: T, input: z.output<S>) => string[];
};

/** Who may ask, where that is not somebody whose session is open. */
type Admission<C extends Ctx> = { context: () => Promise<C> };

export function defineAction<S extends z.ZodType, T>(
  declared: Declaration<S, T>,
): (input: z.input<S>) => Promise<ActionResult<T>>;
export function defineAction<S extends z.ZodType, T, C extends Ctx>(
  declared: Declaration<S, T, C> & Admission<C>,
): (input: z.input<S>) => Promise<ActionResult<T>>;
/** A server action for a signed-in person: origin, session, input, command, refresh, in this order. */
export function defineAction<S extends z.ZodType, T>(declared: Declaration<S, T> & Partial<Admission<Ctx<Person>>>) {
  const { input: schema, run, refresh, context = currentCtx } = declared;
  return async (input: z.input<S>): Promise<ActionResult<T>> =>
    answer(async () => {
      requireOwnOrigin(await headers());
      const ctx = await context();
      const parsed = parseInput(schema, input);
      const value = await run(ctx, parsed);
      for (const path of refresh?.(value, parsed) ?? []) revalidatePath(path);
      return value;
    });
}

/** A command as a server action for a signed-in person. */
export const action = <S extends z.ZodType, T>(command: Command<S, T, Ctx<Person>>) =>
  defineAction({ input: command.input, run: command, refresh: command.refresh });

/** Runs and words the outcome. What is not an AppError is logged with a reference and shown as nothing more. */
export async function answer<T>(run: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    if (isNextSignal(error)) throw error;
    return refusal(error, (await headers()).get("x-request-id"));
  }
}

export function refusal(fault: unknown, requestId: string | null): Extract<ActionResult<never>, { ok: false }> {
  const error = databaseRefusal(fault) ?? fault;
  if (error instanceof AppError)
    return { ok: false, code: error.code, message: error.message, fields: error.fields, details: error.details };
  const ref = requestId?.slice(0, 8) ?? "none";
  logUnexpected(error, { requestId });
  return { ok: false, code: "unexpected", message: `Something went wrong (ref ${ref}).`, ref };
}

/** redirect() and notFound() travel as errors and are not refusals. */
const isNextSignal = (error: unknown) =>
  typeof error === "object" && error !== null && "digest" in error && String(error.digest).startsWith("NEXT_");
