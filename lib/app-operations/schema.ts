import { z } from "zod";
import { mostText } from "@/lib/app-operations/limits";
import { plainText } from "@/lib/normalization/plain-text";

/** Operations of the product that uses Gatehouse: stored, assigned and explained here, enforced there. */
const keySchema = z
  .string({ error: "The key is missing." })
  .trim()
  .max(64, "A key has at most 64 characters.")
  .refine(
    (key) => /^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/.test(key),
    "A key is a noun, a full stop and a verb, in lower-case letters, digits and _, such as project.create.",
  );

/** What the form checks; the server checks `declarableSchema` of lib/app-operations/own-nouns.ts besides. */
export const declareOperationSchema = z.strictObject({ key: keySchema, sentence: plainText(1, 120, "Sentence") });

export const mostOperations = 1000;

export const importOperationsSchema = z.strictObject({
  text: z
    .string({ error: "Paste the list, or choose a file." })
    .max(mostText, "The list has at most 200,000 characters."),
});

export const operationKeySchema = z.strictObject({ key: z.string().max(64) });

export type AppOperation = z.output<typeof declareOperationSchema>;
