import { z } from "zod";
import { plainText } from "@/lib/normalization/plain-text";
import { uuid } from "@/lib/platform/uuid";

/** What comes in about a saved view. */

const name = plainText(1, 60, "Name");
/** As in an address; what the list does not know in it is left out. */
const query = z.string().max(20_000, "This is too much for one view. Use fewer filters.");

export const saveViewSchema = z.strictObject({ list: z.string().max(40), name, query, shared: z.boolean() });

/** What is left out stays as it is. */
export const updateViewSchema = z.strictObject({
  id: uuid(),
  name: name.optional(),
  query: query.optional(),
  shared: z.boolean().optional(),
});

export const deleteViewSchema = z.strictObject({ id: uuid() });
