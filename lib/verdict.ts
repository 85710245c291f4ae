import type { AppError } from "@/lib/errors";
import { forbidden, precondition } from "@/lib/errors";

/** The answer of every rule: yes, or no and why. `forbidden`: you may not; `precondition`: nobody may, as things stand. */
export type Verdict = { ok: true } | { ok: false; code: "forbidden" | "precondition"; reason: string };

export const yes: Verdict = { ok: true };
export const mayNot = (reason: string): Verdict => ({ ok: false, code: "forbidden", reason });
export const notNow = (reason: string): Verdict => ({ ok: false, code: "precondition", reason });

export function refusalOf(verdict: Extract<Verdict, { ok: false }>): AppError {
  return verdict.code === "forbidden" ? forbidden(verdict.reason) : precondition(verdict.reason);
}

export function require(verdict: Verdict): void {
  if (!verdict.ok) throw refusalOf(verdict);
}
