import { z } from "zod";

/** What a command or an action takes that is told nothing. */
export const noInputSchema = z.strictObject({});
