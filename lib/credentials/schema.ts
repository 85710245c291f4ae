import { z } from "zod";
import { kindKeys } from "@/lib/credentials/kinds";
import { pageSize } from "@/lib/lists/page-size";
import { uuid } from "@/lib/platform/uuid";

/** Those that were chosen on one page. */
export const chosenSchema = z.strictObject({
  credentials: z
    .array(z.strictObject({ id: uuid(), kind: z.enum(kindKeys) }))
    .min(1)
    .max(pageSize),
});

export type Chosen = z.output<typeof chosenSchema>["credentials"][number];
