import type { Total } from "@/lib/lists/pagination";

/** A number of things as the API returns it (P2). */
export const totalOf = ({ value, kind }: Total) => ({ value, exact: kind === "exact" });
