import { requireBearer } from "@/lib/client-tokens/bearer";
import { noteBeat } from "@/lib/clients/beats";
import { heartbeatInterval } from "@/lib/clients/connection";
import type { Heartbeat } from "@/lib/clients/schema";
import type { Ctx } from "@/lib/context";

/** What a client is asked to do. `interval`: seconds until the next heartbeat. */
export type Directives = { clientId: string; name: string; state: "active"; interval: number; serverTime: string };

/**
 * C12: what a client reports, and what it gets back. `written` ends once the heartbeat has been written, with all others of
 * the same second.
 */
export async function beat(
  ctx: Ctx,
  bearer: string | null,
  report: () => Promise<Heartbeat>,
): Promise<{ directives: Directives; written: Promise<void> }> {
  const { token, standing } = await requireBearer(ctx, bearer);
  const { id, name, userId } = standing.client;
  const written = noteBeat({ ...(await report()), client: { id, userId }, epoch: token.epoch, ctx });
  return {
    directives: {
      clientId: id,
      name,
      state: "active",
      interval: heartbeatInterval,
      serverTime: ctx.now().toISOString(),
    },
    written,
  };
}
