import { AppError, forbidden, precondition } from "@/lib/errors";

/** The answer of every rule: yes, or no and why. `forbidden`: you may not; `precondition`: nobody may, as things stand. */
export type Verdict = { ok: true } | Refused;
type Refused = { ok: false; code: "forbidden" | "precondition"; reason: string };

export const yes: Verdict = { ok: true };
export const mayNot = (reason: string): Refused => ({ ok: false, code: "forbidden", reason });
export const notNow = (reason: string): Refused => ({ ok: false, code: "precondition", reason });

export function refusalOf(verdict: Refused): AppError {
  return verdict.code === "forbidden" ? forbidden(verdict.reason) : precondition(verdict.reason);
}

/** A refusal as an answer. Throws whatever else it is. */
export function answerOf(error: unknown): Refused {
  if (!(error instanceof AppError)) throw error;
  return error.code === "forbidden" || error.code === "not_found" ? mayNot(error.message) : notNow(error.message);
}

export function require(verdict: Verdict): void {
  if (!verdict.ok) throw refusalOf(verdict);
}
