import { staleProblem } from "@/lib/audit/raiser";
import { AppError } from "@/lib/errors";
import { BodyError } from "@/lib/http/json-body";

/** The `ETag` of what has a version (RFC 9110, 8.8.3). */
export const etagOf = (body: unknown): string | null =>
  typeof body === "object" && body !== null && "version" in body && typeof body.version === "number"
    ? `"${body.version}"`
    : null;

/**
 * The version that `If-Match` asks for, or null where any will do. Throws BodyError: 400 for what is no tag (RFC 9110, 8.8.3), and
 * where nothing compares it, since the sender relies on it; 412 for a tag of another form.
 */
export function versionIn(header: string | null, versioned: boolean): number | null {
  if (header === null) return null;
  if (!versioned)
    throw new BodyError(400, "if-match-unknown", "This address does not compare versions: leave out If-Match.");
  const tag = header.trim();
  if (tag === "*") return null;
  if (!/^(W\/)?"[!#-~]*"$/.test(tag))
    throw new BodyError(
      400,
      "if-match-malformed",
      "If-Match must be the ETag that was retrieved, with its quotes, or *.",
    );
  const [, version] = ours.exec(tag) ?? [];
  if (version === undefined) throw replaced();
  return Number(version);
}

/**
 * A proxy that compresses an answer calls its tag weak (nginx, HAProxy) or adds how it is packed (Apache), and sends on what comes back of it.
 * RFC 9110, 13.1.1, has a weak tag match nothing, since the bytes may differ. A version is the same however an answer is packed.
 */
const ours = /^(?:W\/)?"([1-9]\d{0,8})(?:-(?:gzip|br))?"$/;

/** A refusal for another version, as 412 where a version was asked for. */
export function refuseReplaced(error: unknown, version: number | null): unknown {
  const problem = error instanceof AppError ? (error.details as { problem?: unknown } | undefined)?.problem : null;
  return version !== null && problem === staleProblem ? replaced() : error;
}

const replaced = () =>
  new BodyError(412, staleProblem, "If-Match does not name the current version. Retrieve it again.");
