import { AsyncLocalStorage } from "node:async_hooks";
import type { AppError } from "@/lib/errors";
import { isUnwritable, unavailableOf } from "@/lib/platform/unavailable";

type Request = { fault: AppError | null };

/** Next loads this file once for each of its bundles. */
const kept = globalThis as {
  gatehouseRequests?: AsyncLocalStorage<Request>;
  gatehouseUnwritable?: boolean;
};
kept.gatehouseRequests ??= new AsyncLocalStorage<Request>();
const requests = kept.gatehouseRequests;

/** Notes, of everything that the database is asked, what it could not do: for this request, and for readiness. */
export function noteFault(error: unknown): void {
  const fault = unavailableOf(error);
  if (!fault) return;
  const request = requests.getStore();
  if (request) request.fault = fault;
  if (isUnwritable(error)) kept.gatehouseUnwritable = true;
}

/** Runs a request; `fault()` gives what the database could not do for it, also if that was caught. */
export function withFaults<T>(run: (fault: () => AppError | null) => T): T {
  const request: Request = { fault: null };
  return requests.run(request, () => run(() => request.fault));
}

/** Whether the last that was to be stored could not be, and nobody has found since that it can. */
export const refusesWrites = () => kept.gatehouseUnwritable === true;

export const writesAgain = () => {
  kept.gatehouseUnwritable = false;
};
