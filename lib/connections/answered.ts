import { AsyncLocalStorage } from "node:async_hooks";
import type { ServerResponse } from "node:http";
import { onePerProcess } from "@/lib/capacity/one-per-process";

const answers = onePerProcess("answers", () => new AsyncLocalStorage<ServerResponse>());

/** Runs a request, so that everything below knows which answer it works on. */
export const withAnswer = <T>(response: ServerResponse, run: () => T): T => answers.run(response, run);

/**
 * Calls once the answer of the request that runs is over: sent, broken off, or given up before it began. Next reads no body
 * of an answer to HEAD, nor one whose reader has gone, and cancels neither, so a stream alone never hears of it.
 */
export function onceAnswered(run: () => void): void {
  const response = answers.getStore();
  if (!response) throw new Error("Nobody waits for an answer here");
  if (response.closed || response.destroyed) run();
  else response.once("close", run);
}
