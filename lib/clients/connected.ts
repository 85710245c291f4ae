import { sql } from "drizzle-orm";
import { clients } from "@/db/schema";

/** Whether it was heard of since its tokens were last ended (C13), as `connectionAt` has it, for the rows of `clients`. */
export const isConnected = sql`(${clients.disconnectedAt} is null or ${clients.lastHeartbeatAt} > ${clients.disconnectedAt})`;
