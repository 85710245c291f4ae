import { z } from "zod";
import { readAddress, searched } from "@/lib/address";
import type { Params } from "@/lib/query";

const schema = z.object({ q: searched });

/** The search of a list that is never long enough to be paged. */
export const readSearch = (params: Params): string => readAddress(schema, params).filters.q;
