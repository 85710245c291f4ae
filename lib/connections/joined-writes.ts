import type { ServerResponse } from "node:http";

/**
 * Next sends the head of an answer by itself, and after each piece of a page asks the compression for what it has of it. Each is a packet, and
 * its price is more than that of the bytes. Here the head goes with the first piece, and pieces of one turn of the event loop go together; what
 * comes later is still sent as it comes.
 */
export function joinWrites(response: ServerResponse): void {
  response.flushHeaders = () => {};
  let flush: (() => void) | undefined;
  let waits = false;
  const flushLater = () => {
    if (waits) return;
    waits = true;
    setImmediate(() => {
      waits = false;
      if (!response.writableEnded) flush?.call(response);
    });
  };
  Object.defineProperty(response, "flush", {
    configurable: true,
    get: () => flush && flushLater,
    set: (given: () => void) => {
      flush = given;
    },
  });
}
