import { declareList } from "@/lib/lists/declare-list";
import { providersPath } from "./pages";

export const providerList = declareList({
  name: "identity providers",
  path: providersPath,
  label: "Identity providers",
  whole: true,
  columns: { name: "Name", kind: "Kind", state: "State", people: "Users", lastSignIn: "Last sign-in" },
});
