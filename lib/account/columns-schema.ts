import { z } from "zod";

/** Which columns of a list somebody has chosen; null: the usual ones. Names are those of its declaration; others are passed over. */
export const chooseColumnsSchema = z.strictObject({
  list: z.string().regex(/^[a-z][a-z ]{0,39}$/, "This list does not exist."),
  columns: z
    .array(z.string().regex(/^[A-Za-z]{1,40}$/, "This column does not exist."))
    .max(40)
    .nullable(),
});
