import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage, ServerResponse } from "node:http";
import { mayBeAction } from "@/lib/http/posted-action";

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

/** Whether what runs is between the two: what fails there is the body that was sent. */
export const isBodyUnread = () => isUnread(storage.getStore());

const isUnread = (progress?: Progress) => progress?.admitted === true && !progress.begun;

/** Answers 400 where Next says 500 because a body could not be read as that of an action, and returns whose it was. */
export function followAction(
  request: IncomingMessage,
  response: ServerResponse,
  next: () => boolean,
  onUnread: (address: string) => void,
): boolean {
  const { method = "", headers } = request;
  const asked = { method, headers: { get: (name: string) => headers[name]?.toString() ?? null } };
  if (!mayBeAction(asked)) return next();
  const progress: Progress = { admitted: false, begun: false };
  const writeHead = response.writeHead as (status: number, ...rest: unknown[]) => ServerResponse;
  response.writeHead = function (this: ServerResponse, status: number, ...rest: unknown[]) {
    if (status !== 500 || !isUnread(progress)) return writeHead.call(this, status, ...rest);
    onUnread(request.socket.remoteAddress ?? "");
    return writeHead.call(this, 400, ...rest);
  } as ServerResponse["writeHead"];
  return storage.run(progress, next);
}
