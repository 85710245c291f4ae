import { declareList } from "@/lib/lists/declare-list";

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
