import { providersPath } from "@/lib/identity-providers/pages";
import { declareList } from "@/lib/lists/declare-list";

export const providerList = declareList({
  name: "identity providers",
  path: providersPath,
  label: "Identity providers",
  whole: true,
  columns: { name: "Name", kind: "Kind", state: "State", people: "Users", lastSignIn: "Last sign-in" },
});
