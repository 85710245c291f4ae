import { z } from "zod";

export const endSessionSchema = z.strictObject({ id: z.uuid() });
export const endSessionsSchema = z.strictObject({ userId: z.uuid() });

export type EndSession = z.output<typeof endSessionSchema>;
