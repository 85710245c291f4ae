import type { z } from "zod";

const kinds: Partial<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

const units: Partial<Record<string, string>> = { string: " characters", array: " entries" };

/** What is wrong with a field, where its schema has no sentence of its own. */
export function fieldWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "invalid_type") {
    const kind = kinds[issue.expected];
    return kind && `Must be ${kind}.`;
  }
  if (issue.code === "invalid_value") {
    const [only, ...others] = issue.values.map(String);
    return others.length === 0 ? `Must be ${only}.` : `Must be one of ${[only, ...others].join(", ")}.`;
  }
  if (issue.code === "too_small") return limit(issue.origin, "at least", issue.minimum);
  if (issue.code === "too_big") return limit(issue.origin, "at most", issue.maximum);
  return undefined;
}

const limit = (origin: string, bound: string, amount: number | bigint) =>
  origin in units ? `Must have ${bound} ${amount}${units[origin]}.` : `Must be ${bound} ${amount}.`;
