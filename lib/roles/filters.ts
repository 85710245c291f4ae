import { z } from "zod";
import { type Params, readAddress, searched } from "@/lib/address";

const schema = z.object({ q: searched });

/** The search of a list that is never long enough to be paged. */
export const readSearch = (params: Params): string => readAddress(schema, params).filters.q;
