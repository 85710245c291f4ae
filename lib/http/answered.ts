import { AsyncLocalStorage } from "node:async_hooks";
import type { ServerResponse } from "node:http";
import { onePerProcess } from "@/lib/platform/one-per-process";

/** Null once it is over: what a request starts and leaves behind, such as a connection to the database, keeps its context. */
type Answer = { response: ServerResponse | null };

const answers = onePerProcess("answers", () => new AsyncLocalStorage<Answer>());

/** Runs a request, so that everything below knows which answer it works on. */
export function withAnswer<T>(response: ServerResponse, run: () => T): T {
  const answer: Answer = { response };
  response.once("close", () => {
    answer.response = null;
  });
  return answers.run(answer, run);
}

/**
 * Calls once the answer of the request that runs is over: sent, broken off, or given up before it began. Next reads no body
 * of an answer to HEAD, nor one whose reader has gone, and cancels neither, so a stream alone never hears of it.
 */
export function onceAnswered(run: () => void): void {
  const answer = answers.getStore();
  if (!answer) throw new Error("Nobody waits for an answer here");
  if (answer.response) answer.response.once("close", run);
  else run();
}
