import http from "node:http";
import { withFaults } from "@/lib/database-faults";
import type { AppError } from "@/lib/errors";
import { describeRefusal } from "@/lib/refusal";
import { unavailablePage } from "@/lib/unavailable-page";

/**
 * A request that failed because the database did is answered with 503 and `Retry-After`, wherever in Next that happened: in
 * the middleware, in a page or in a route. Imported once, at the start of the process.
 */
const emit = http.Server.prototype.emit as (event: string | symbol, ...args: unknown[]) => boolean;

http.Server.prototype.emit = function (this: http.Server, event: string | symbol, ...args: unknown[]) {
  if (event !== "request") return emit.call(this, event, ...args);
  const [request, response] = args as [http.IncomingMessage, http.ServerResponse];
  return withFaults((fault) => {
    replaceFailure(request, response, fault);
    return emit.call(this, event, ...args);
  });
};

export function replaceFailure(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  fault: () => AppError | null,
): void {
  const { writeHead, write, end } = response;
  response.writeHead = function (this: http.ServerResponse, status: number, ...rest: never[]) {
    const refusal = status === 500 ? fault() : null;
    response.writeHead = writeHead;
    if (!refusal) return writeHead.call(this, status, ...rest);
    const { type, body } = answerOf(request, refusal);
    for (const name of ["content-encoding", "transfer-encoding", "etag", "vary", "link"]) response.removeHeader(name);
    for (const [name, value] of Object.entries(describeRefusal(refusal).headers ?? {})) response.setHeader(name, value);
    response.setHeader("content-type", type);
    response.setHeader("content-length", Buffer.byteLength(body));
    response.setHeader("cache-control", "no-store");
    writeHead.call(response, 503);
    // What Next goes on to send belongs to the answer that this one stands in for.
    response.write = () => true;
    response.end = (...given: unknown[]) => {
      const done = given.findLast((one) => typeof one === "function") as (() => void) | undefined;
      response.write = write;
      response.end = end;
      return end.call(response, request.method === "HEAD" ? "" : body, "utf8", done);
    };
    return response;
  } as typeof writeHead;
}

function answerOf({ url = "/", headers }: http.IncomingMessage, refusal: AppError): { type: string; body: string } {
  const { headers: _, kind, ...problem } = describeRefusal(refusal);
  if (url.startsWith("/api/"))
    return {
      type: "application/problem+json",
      body: JSON.stringify({ type: `urn:gatehouse:problem:${kind}`, ...problem, requestId: null }),
    };
  return headers.accept?.includes("text/html") && !("rsc" in headers)
    ? { type: "text/html; charset=utf-8", body: unavailablePage(refusal.message) }
    : { type: "text/plain; charset=utf-8", body: `${refusal.message}\n` };
}
