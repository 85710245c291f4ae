import { declareList } from "@/lib/lists/declare-list";
import type { Cursors } from "@/lib/lists/pagination";

/** One person's access tokens: a place in the list. */
export const tokenList = declareList({
  name: "tokens",
  path: "/account/tokens",
  label: "Access tokens",
  columns: {
    name: "Name",
    status: "Status",
    operations: "Operations",
    lastUse: "Last used",
    actions: "Actions",
  },
});

export const tokensHref = (path: string, place: Cursors) => tokenList.toHref({}, place, path);
