import { z } from "zod";

/** A UUID (RFC 9562) in the one spelling in which the database gives it back: rules compare ids as texts. */
export const uuid = (error?: string) => z.uuid(error).toLowerCase();
