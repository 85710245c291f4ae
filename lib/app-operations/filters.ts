import { declareList } from "@/lib/lists/declare-list";

export const appOperationList = declareList({
  name: "app operations",
  path: "/admin/roles/operations",
  label: "App operations",
  search: "Key or sentence",
  whole: true,
  columns: { key: "Operation", sentence: "Sentence", roles: "Carried by", actions: "Actions" },
});
