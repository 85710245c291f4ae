import { and, eq, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { clients, sessions } from "@/db/schema";
import { isLive, limitsOf } from "@/lib/auth/session-limits";
import { endClients } from "@/lib/clients/store";
import type { Ctx } from "@/lib/context";
import { dropAwaited } from "@/lib/identity-providers/identities";
import { revokeLinks } from "@/lib/links/issue";
import { readSettings } from "@/lib/platform/read-settings";
import { endSessions } from "@/lib/sessions/commands";
import { deviceOf } from "@/lib/sessions/device";
import { endTokens } from "@/lib/tokens/store";

/** What a change has ended, and the moment in its rows: what the checklist at its end shows (U12). */
export type Ended = {
  at: Date;
  sessions: number;
  /** Where these sessions were, as "Chrome on Linux". */
  devices: string[];
  clients: number;
  clientNames: string[];
  /** Names of access tokens that are revoked (T5). */
  tokens: string[];
  /** Invitations, links for a new password or address, and prepared links to providers that nobody has used. */
  links: number;
};

/**
 * Ends sessions, tokens and links, and pauses or deregisters the clients, inside the change of their person, who is locked. The
 * sessions last: while they are locked, their writes are refused.
 */
export async function endCredentials(ctx: Ctx, tx: Tx, userId: string, why: "disabled" | "archived"): Promise<Ended> {
  const at = ctx.now();
  const then = { ...ctx, now: () => at };
  const open = await tx
    .select({ agent: sessions.agent })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isLive(limitsOf(await readSettings(tx)), at)));
  const clientNames = why === "archived" ? await endClients(then, tx, userId) : await paused(tx, userId);
  const tokens = await endTokens(then, tx, userId);
  const links = (await revokeLinks(then, tx, userId)) + (await dropAwaited(tx, userId));
  return {
    at,
    sessions: await endSessions(then, tx, userId, why),
    devices: [...new Set(open.map(({ agent }) => deviceOf(agent)))],
    clients: clientNames.length,
    clientNames,
    tokens,
    links,
  };
}

/** For the event: each said only when there were some. */
export const linksOf = ({ links, tokens }: Ended) => ({
  ...(links > 0 && { links }),
  ...(tokens.length > 0 && { tokens }),
});

/** No row changes: a client is paused by the state of its person (C10). */
async function paused(tx: Tx, userId: string): Promise<string[]> {
  const found = await tx
    .select({ name: clients.name })
    .from(clients)
    .where(and(eq(clients.userId, userId), ne(clients.status, "deregistered")))
    .orderBy(clients.nameKey);
  return found.map(({ name }) => name);
}
