import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Counts a body that does not say how long it is, as it is read: Next holds up to ten megabytes of each in memory before a route
 * can refuse it. `refuse` once it is longer than `most` bytes, to answer; the rest is read and dropped, so that the other side gets
 * to the answer, and code that waits for it here then finds the request gone. False where an answer was sent before: then it just ends.
 */
export function boundPieces(
  request: IncomingMessage,
  response: ServerResponse,
  most: number,
  refuse: () => boolean,
): void {
  if (request.headers["content-length"] !== undefined || request.headers["transfer-encoding"] === undefined) return;
  let size = 0;
  let refused = false;
  const push = request.push.bind(request);
  request.push = (piece: Buffer | null, ...more) => {
    const before = size;
    size += piece?.length ?? 0;
    if (size <= most) return push(piece, ...more);
    if (before <= most) refused = refuse();
    if (piece !== null) return true;
    if (!refused) return push(null, ...more);
    // Next compresses what it answers, and so sends it later than it was said.
    if (response.writableFinished) request.destroy();
    else response.once("finish", () => request.destroy());
    return true;
  };
}
