import { AppError, forbidden, precondition } from "@/lib/errors";

/** The answer of every rule: yes, or no and why. `forbidden`: this actor may not; `precondition`: nobody may in the current state. */
export type Decision = { ok: true } | Refused;
type Refused = { ok: false; code: "forbidden" | "precondition"; reason: string };

export const yes: Decision = { ok: true };
export const mayNot = (reason: string): Refused => ({ ok: false, code: "forbidden", reason });
export const notNow = (reason: string): Refused => ({ ok: false, code: "precondition", reason });

export function refusalOf(decision: Refused): AppError {
  return decision.code === "forbidden" ? forbidden(decision.reason) : precondition(decision.reason);
}

/** A refusal as an answer. Throws whatever else it is. */
export function answerOf(error: unknown): Refused {
  if (!(error instanceof AppError)) throw error;
  return error.code === "forbidden" || error.code === "not_found" ? mayNot(error.message) : notNow(error.message);
}

export function require(decision: Decision): void {
  if (!decision.ok) throw refusalOf(decision);
}
