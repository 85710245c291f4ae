import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage, ServerResponse } from "node:http";
import { mayBeAction } from "@/lib/auth/posted-action";

/** How far a posted action has come: past the outer wall, and into the action itself. Between them React reads its body. */
type Progress = { admitted: boolean; begun: boolean };

/** One for the process: Next bundles the wall, the actions and the start of the process apart. */
const kept = globalThis as { gatehouseProgress?: AsyncLocalStorage<Progress> };
kept.gatehouseProgress ??= new AsyncLocalStorage();
const storage = kept.gatehouseProgress;

export function markAdmitted(): void {
  const progress = storage.getStore();
  if (progress) progress.admitted = true;
}

export function markBegun(): void {
  const progress = storage.getStore();
  if (progress) progress.begun = true;
}

/** Answers 400 where Next says 500 because a body could not be read as that of an action. */
export function followAction(request: IncomingMessage, response: ServerResponse, next: () => boolean): boolean {
  const { method = "", headers } = request;
  const asked = { method, headers: { get: (name: string) => headers[name]?.toString() ?? null } };
  if (!mayBeAction(asked)) return next();
  const progress: Progress = { admitted: false, begun: false };
  const writeHead = response.writeHead as (status: number, ...rest: unknown[]) => ServerResponse;
  response.writeHead = function (this: ServerResponse, status: number, ...rest: unknown[]) {
    const isUnread = status === 500 && progress.admitted && !progress.begun;
    return writeHead.call(this, isUnread ? 400 : status, ...rest);
  } as ServerResponse["writeHead"];
  return storage.run(progress, next);
}
