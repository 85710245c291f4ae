/** The settings row by which a database is known to be the demonstration's. */
export const demonstrationKey = "demonstration";

/** `online`: the clients for which the server beats while the demonstration runs. */
export type DemonstrationMark = { loadedAt: string; online: string[] };
