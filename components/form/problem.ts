import { get } from "react-hook-form";
import type { ActionResult } from "@/lib/http/action";

export type Refusal = Extract<ActionResult<unknown>, { ok: false }>;

export interface FormProblem {
  code: string;
  message: string;
  /** Sentences by the path of their field. */
  fields: Record<string, string>;
  details?: unknown;
  ref?: string | undefined;
  /** The message is that of a line of a list, which no field could say. */
  inLines?: boolean;
}

/**
 * What of a problem the form's `errors` still say. Null when that is nothing; one that names no field lasts until the form
 * is sent again. Unchanged it is the same object.
 */
export function stillWrong(problem: FormProblem, errors: object): FormProblem | null {
  if (problem.inLines) return wrongInLines(errors) === problem.message ? problem : null;
  const named = Object.entries(problem.fields);
  const left = named.filter(([field, sentence]) => sentenceIn(get(errors, field)) === sentence);
  if (left.length === named.length) return problem;
  return left.length > 0 ? { ...problem, fields: Object.fromEntries(left) } : null;
}

/** What is wrong in a line of a list, where no field could say it. */
export function wrongInLines(errors: object): string | undefined {
  const lists = Object.values(errors).filter((error) => error && !("message" in error));
  return lists.map(sentenceIn).find((sentence) => sentence !== undefined);
}

/** The first sentence of an error, also of one in a list or an object. */
export function sentenceIn(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("message" in error && typeof error.message === "string") return error.message;
  return Object.values(error)
    .map(sentenceIn)
    .find((sentence) => sentence !== undefined);
}
