import { type SQL, sql } from "drizzle-orm";
import { isOutdated } from "@/lib/clients/conditions";
import type { Ctx } from "@/lib/context";
import { readSettings } from "@/lib/platform/read-settings";

/** The setting "Newest client version"; blank: no client is outdated. */
export const newestVersion = async (ctx: Ctx) => (await readSettings(ctx.db))["clients.newestVersion"];

/** Whether a row of `clients` reports an older version; one that is not known is not older. */
export const outdatedColumn = async (ctx: Ctx): Promise<SQL<boolean>> =>
  sql<boolean>`coalesce(${isOutdated(await newestVersion(ctx))}, false)`;
