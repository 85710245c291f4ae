import type { z } from "zod";
import { AppError } from "@/lib/errors";

/** Parses or throws `invalid` with a sentence per field. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) fields[issue.path.join(".") || "form"] ??= issue.message;
  throw new AppError("invalid", "Check the fields below.", { fields });
}
