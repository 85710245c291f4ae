import { AsyncLocalStorage } from "node:async_hooks";
import type { SessionRow } from "@/lib/auth/session";
import type { Access } from "@/lib/authz/model";

/** What the outer wall has read of the database, for the page of the same request. */
type Handover = { at: number; session: SessionRow | null; access: Access | null };

/**
 * One for the process: Next bundles the wall, the pages and the start of the process apart. A request carries it in the memory
 * of the process alone; no header or cookie leads to it, so nothing that a browser sends can become an answer.
 */
const kept = globalThis as { gatehouseHandover?: AsyncLocalStorage<Handover> };
kept.gatehouseHandover ??= new AsyncLocalStorage();
const storage = kept.gatehouseHandover;

/** In milliseconds. Later than that it is asked again. */
const lastsFor = 1_000;

/** Runs a request with a place for what its wall reads. */
export const withHandover = <T>(next: () => T): T => storage.run({ at: 0, session: null, access: null }, next);

/** Keeps what the wall has read. Only for requests that change nothing: after an action the page has to read the current state. */
export function handOver(session: SessionRow, access: Access | null): void {
  const handover = storage.getStore();
  if (handover) Object.assign(handover, { at: Date.now(), session, access });
}

const inTime = () => {
  const handover = storage.getStore();
  return handover && Date.now() - handover.at < lastsFor ? handover : null;
};

/** The session of this id, once; null where the wall has not read it in this request. The caller opens the cookie by itself. */
export function takeSession(id: string): SessionRow | null {
  const handover = inTime();
  if (handover?.session?.id !== id) return null;
  const { session } = handover;
  handover.session = null;
  return session;
}

/** The same of what this person holds. */
export function takeAccess(personId: string): Access | null {
  const handover = inTime();
  if (handover?.access?.personId !== personId) return null;
  const { access } = handover;
  handover.access = null;
  return access;
}
