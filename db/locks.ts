/**
 * The numbers of every advisory lock, in one place so that no two meanings share one. `space` is the first of the two
 * numbers that PostgreSQL takes, the others are the second. In `workers` the second is the hash of a worker pool's id.
 */
export const advisoryLocks = { space: 1_734_440_037, folder: 1, migrations: 2, workers: 1_734_440_038 } as const;
