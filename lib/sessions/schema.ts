import { z } from "zod";
import { uuid } from "@/lib/platform/uuid";

export const endSessionSchema = z.strictObject({ id: uuid() });
export const endSessionsSchema = z.strictObject({ userId: uuid() });

export type EndSession = z.output<typeof endSessionSchema>;
