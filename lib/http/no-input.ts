import { z } from "zod";

/** The input of a command or an action without input. */
export const noInputSchema = z.strictObject({});
