import type { ClientStatus, Connection } from "@/db/enums";

/** After how much silence a client counts as offline, and as stale; milliseconds. Printed below every list. */
export const onlineWithin = 2 * 60_000;
export const staleAfter = 14 * 24 * 60 * 60_000;

/** How often a client is asked to report, in seconds. */
export const heartbeatInterval = 60;

type Contact = {
  status: ClientStatus;
  /** A token has been issued and not yet used. */
  awaiting: boolean;
  lastHeartbeatAt: Date | null;
  /** Its tokens were ended then (C13): it counts as online once it beats again. */
  disconnectedAt?: Date | null;
  /** The owner's state stops it: its calls are refused (C10). */
  paused?: boolean;
};

/** The connection at a moment: derived, never stored. What is refused is not online, however recent its last beat. */
export function connectionAt(
  { status, awaiting, lastHeartbeatAt, disconnectedAt, paused }: Contact,
  now: Date,
): Connection {
  if (status === "deregistered") return lastHeartbeatAt ? "offline" : "never contacted";
  if (awaiting) return status === "registered" || lastHeartbeatAt ? "awaiting client" : "never contacted";
  if (!lastHeartbeatAt) return "never contacted";
  const silence = now.getTime() - lastHeartbeatAt.getTime();
  if (silence >= staleAfter) return "stale";
  const isCut = disconnectedAt && disconnectedAt >= lastHeartbeatAt;
  return silence <= onlineWithin && !paused && !isCut ? "online" : "offline";
}

/** The thresholds and meanings in words, in the order of the legend. */
export const connectionWords: [Connection, string][] = [
  ["online", `heartbeat within ${onlineWithin / 60_000} minutes`],
  ["offline", `none for ${onlineWithin / 60_000} minutes, refused, or disconnected`],
  ["stale", `none for ${staleAfter / 86_400_000} days`],
  ["awaiting client", "its new token unused"],
  ["never contacted", "its first token unused"],
];
