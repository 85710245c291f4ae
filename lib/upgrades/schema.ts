/** Tables whose rows have keys that a later folding makes again. */
export const foldedTables = ["users", "groups", "roles", "clients", "service_accounts", "resources"] as const;
export type FoldedTable = (typeof foldedTables)[number];
