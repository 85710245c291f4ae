import type { IncomingMessage, ServerResponse } from "node:http";
import type { AppError } from "@/lib/errors";
import { describeRefusal, writeRefusal } from "@/lib/http/refusal";
import { unavailablePage } from "@/lib/http/unavailable-page";

/**
 * A request that failed because the database did is answered with 503 and `Retry-After`, wherever in Next that happened: in
 * the middleware, in a page or in a route. Sends our answer in place of one with 500, if `fault()` gives a reason when that
 * begins; what follows of it is dropped.
 */
export function replaceFailure(request: IncomingMessage, response: ServerResponse, fault: () => AppError | null): void {
  const sent = { writeHead: response.writeHead, write: response.write, end: response.end };
  let replaced = false;

  function replaces(status: number): boolean {
    if (replaced || status !== 500 || response.headersSent) return replaced;
    const refusal = fault();
    if (!refusal) return false;
    replaced = true;
    const { type, body } = answerOf(request, refusal);
    for (const name of ["content-encoding", "transfer-encoding", "etag", "vary", "link"]) response.removeHeader(name);
    for (const [name, value] of Object.entries(describeRefusal(refusal).headers ?? {})) response.setHeader(name, value);
    response.setHeader("content-type", type);
    response.setHeader("content-length", Buffer.byteLength(body));
    response.setHeader("cache-control", "no-store");
    sent.writeHead.call(response, 503);
    sent.end.call(response, request.method === "HEAD" ? "" : body, "utf8");
    return true;
  }

  response.writeHead = (...given: unknown[]) =>
    replaces(given[0] as number) ? response : sent.writeHead.apply(response, given as never);
  response.write = (...given: unknown[]) => replaces(response.statusCode) || sent.write.apply(response, given as never);
  response.end = (...given: unknown[]) =>
    replaces(response.statusCode) ? response : sent.end.apply(response, given as never);
}

function answerOf({ url = "/", headers }: IncomingMessage, refusal: AppError): { type: string; body: string } {
  const wantsPage = !url.startsWith("/api/") && headers.accept?.includes("text/html") && !("rsc" in headers);
  if (wantsPage) return { type: "text/html; charset=utf-8", body: unavailablePage(refusal.message) };
  const written = writeRefusal(url, describeRefusal(refusal), null);
  return { type: written.headers["content-type"], body: written.body };
}
