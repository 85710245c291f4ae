import { z } from "zod";

export const invitedSchema = z.strictObject({ id: z.uuid() });

export type Invited = z.output<typeof invitedSchema>;
