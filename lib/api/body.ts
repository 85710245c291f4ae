import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import type { AnyCommand, Command } from "@/lib/kernel/command";

/**
 * What programs send to a command whose input is that of a form: what a form always has is optional here, no end is null, and
 * the version comes by `If-Match`. `complete` makes the command's input of it.
 */
export type Body = {
  command: AnyCommand;
  input: z.ZodObject;
  versioned: boolean;
  complete: (ctx: Ctx, given: Record<string, unknown>, version: number | null) => Promise<unknown>;
};

type Completing<S extends z.ZodObject, I> = (ctx: Ctx, given: z.output<S>, version: number | null) => I | Promise<I>;

export const body = <S extends z.ZodObject, C extends z.ZodType, V>(
  command: Command<C, V>,
  input: S,
  complete: Completing<S, z.input<C>>,
  versioned = false,
): Body => ({
  command,
  input,
  versioned,
  complete: async (ctx, given, version) => complete(ctx, given as z.output<S>, version),
});

/** The same for a command that compares versions. */
export const versioned = <S extends z.ZodObject, C extends z.ZodType, V>(
  command: Command<C, V>,
  input: S,
  complete: Completing<S, z.input<C>>,
) => body(command, input, complete, true);
