import { z } from "zod";
import { uuid } from "@/lib/platform/uuid";

export const invitedSchema = z.strictObject({ id: uuid() });

export type Invited = z.output<typeof invitedSchema>;
