import type { IncomingMessage } from "node:http";

/**
 * Counts a body that does not say how long it is, as it is read: Next holds up to ten megabytes of each in memory before a route
 * can refuse it. `onTooMany` once it is longer than `most` bytes; then nothing more of it is handed on.
 */
export function boundPieces(request: IncomingMessage, most: number, onTooMany: () => void): void {
  if (request.headers["content-length"] !== undefined || request.headers["transfer-encoding"] === undefined) return;
  let size = 0;
  const push = request.push.bind(request);
  request.push = (piece: Buffer | null, ...more) => {
    const before = size;
    size += piece?.length ?? 0;
    if (size <= most) return push(piece, ...more);
    if (before <= most) onTooMany();
    return false;
  };
}
