import { z } from "zod";
import { readAddress, searched } from "@/lib/lists/read-search-params";
import type { Params } from "@/lib/lists/search-params";

const schema = z.object({ q: searched });

/** The search of a list that is never long enough to be paged. */
export const readSearch = (params: Params): string => readAddress(schema, params).filters.q;
