/**
 * Every advisory lock, in one place so that no two meanings share one. `space` is the first of the two numbers that
 * PostgreSQL takes, the others are the second. In `workers` the second is the hash of a worker pool's id.
 */
export const advisoryLocks = { space: 1_734_440_037, folder: 1, migrations: 2, workers: 1_734_440_038 } as const;

/**
 * Locks that end with their transaction, taken by one number: the hash of such a name. `gatehouse.event_partitions`
 * is in the function of db/migrations/0000_foundation.sql that takes it.
 */
export const lockNames = {
  administrators: "gatehouse.administrators",
  applicationRole: "gatehouse.application_role",
  keyFolding: "gatehouse.key_folding",
  organisation: "gatehouse.organisation",
  resource: (type: string, externalId: string) => `gatehouse.resource.${type}.${externalId}`,
  roles: "gatehouse.roles",
  setting: (key: string) => `gatehouse.setting.${key}`,
  setup: "gatehouse.setup",
  signingKeys: "gatehouse.signing_keys",
  views: (list: string, ownerId: string | null) => `gatehouse.views.${list}.${ownerId ?? "shared"}`,
} as const;
