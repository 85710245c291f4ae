import type { ListedRole } from "@/lib/people/rows";

/** "Tester, through Berlin and Paris". */
export const roleWords = ({ name, groups }: Pick<ListedRole, "name" | "groups">) =>
  groups.length > 0 ? `${name}, through ${groups.join(" and ")}` : name;
