import type { IncomingMessage, ServerResponse } from "node:http";
import { pathOf } from "@/lib/http/target";
import { log } from "@/lib/platform/log";
import { withoutSecret } from "@/lib/platform/secret-paths";

/** Static files and probes would drown everything else. */
const quiet = /^\/(_next\/static|api\/health|icon\.svg)(\/|$)/;

/** One line per request once it is answered: never the query, the body or a header that a client sent. */
export function logRequest(request: IncomingMessage, response: ServerResponse): void {
  const path = pathOf(request.url);
  if (path !== null && quiet.test(path)) return;
  const [asked = ""] = (request.url ?? "").split(/[?#]/);
  const from = performance.now();
  // Read now: a connection that breaks leaves no socket to ask.
  const address = request.socket.remoteAddress;
  response.once("finish", () => {
    log.info(
      {
        requestId: response.getHeader("x-request-id"),
        method: request.method,
        path: withoutSecret(asked),
        status: response.statusCode,
        ms: Math.round(performance.now() - from),
        address,
      },
      "request",
    );
  });
}
