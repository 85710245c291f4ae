import { z } from "zod";
import { isId } from "@/lib/normalization/id";

/** An id in the one spelling in which the database gives it back: rules compare ids as texts. */
export const uuid = (error?: string) =>
  z
    .string(error)
    .refine(isId, error ?? "This is not an id.")
    .toLowerCase()
    .meta({ format: "uuid" });
