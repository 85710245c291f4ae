import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors";
import { BodyError } from "@/lib/http/json-body";
import { keyInUseProblem } from "@/lib/kernel/once";

/** The key of a POST, or null without one. Throws `invalid` for what is not one. */
export function keyIn(request: Request): string | null {
  const key = request.method === "POST" ? request.headers.get("idempotency-key") : null;
  if (key !== null && !/^[!-~]{1,255}$/.test(key))
    throw new BodyError(400, "idempotency-key-malformed", "Idempotency-Key has 1 to 255 visible ASCII characters.");
  return key;
}

/** What distinguishes one request from another: the address and the bytes of the body. */
export const digestOf = (request: Request, bytes: Buffer): string =>
  createHash("sha256")
    .update(`${request.method} ${new URL(request.url).pathname}\n`)
    .update(bytes)
    .digest("base64url");

export const usedOtherwise = () =>
  new BodyError(422, "idempotency-key-reused", "This Idempotency-Key was used with another request. Choose a new one.");

export const isInUse = (error: unknown): boolean =>
  error instanceof AppError && (error.details as { problem?: unknown } | undefined)?.problem === keyInUseProblem;
