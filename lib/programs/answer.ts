import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { securityHeaders } from "@/lib/auth/security-headers";
import { sourceOf } from "@/lib/auth/source";
import { tarpit } from "@/lib/auth/tarpit";
import { throttledFor, throttleSentence } from "@/lib/auth/throttle";
import { nobody } from "@/lib/authz/principal";
import { createContext } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { acceptsEncoding } from "@/lib/http/accepted-encoding";
import { BodyError } from "@/lib/http/json-body";
import { answerRefusal } from "@/lib/http/refusal";
import { WholeRequest } from "@/lib/http/whole-request";
import { db } from "@/lib/platform/db";
import { faultOf, log } from "@/lib/platform/log";

/**
 * Answers requests of programs before Next sees them: reading, routing and rendering by Next cost more than most of what they ask.
 * Returns false for an address of another route; Next answers that one.
 */
export function answerPrograms(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  allow: string,
): boolean {
  if (!ofPrograms.test(path)) return false;
  void answer(request, path, allow)
    .then((answered) => send(request, response, answered))
    .catch((error) => {
      // An incomplete body was aborted by its sender, or was too long.
      if (request.complete && !response.headersSent)
        log.error({ fault: faultOf(error), path }, "a request of a program was not answered");
      response.destroy();
    });
  return true;
}

/** As in lib/programs/routes.ts, which is loaded with the first of them. */
const ofPrograms = /^\/((api\/v1|oauth)(\/.*)?|\.well-known\/(jwks\.json|oauth-authorization-server))$/;

const largestBody = 1_048_576;

async function answer(incoming: IncomingMessage, path: string, allow: string): Promise<Response> {
  const requestId = crypto.randomUUID();
  const more = { ...securityHeaders(Buffer.from(crypto.randomUUID()).toString("base64")), "x-request-id": requestId };
  const answered = await answerFrom(incoming, path, allow, requestId);
  for (const [name, value] of Object.entries(more)) if (!answered.headers.has(name)) answered.headers.set(name, value);
  return answered;
}

async function answerFrom(
  incoming: IncomingMessage,
  path: string,
  allow: string,
  requestId: string,
): Promise<Response> {
  if (Number(incoming.headers["content-length"] ?? 0) > largestBody)
    return answerRefusal(path, new BodyError(413, "body-too-large", "This request is larger than 1 MB."), requestId);
  const request = await requestOf(incoming, requestId);
  if (!request) return answerRefusal(path, malformed, requestId);
  if (request.whole.byteLength > 0 && isCoded(request)) {
    const refused = answerRefusal(path, coded, requestId);
    refused.headers.set("accept-encoding", "identity");
    return refused;
  }
  const { programRoutes } = await import("@/lib/programs/routes");
  const route = programRoutes.find((one) => one.path.test(path));
  if (!route) throw new Error(`${path} is no address of programs`);
  if (request.method === "OPTIONS")
    return new Response(null, { status: 204, headers: { allow: route.methods?.(request) ?? allow } });
  const anonymous = createContext(db(), nobody, { source: sourceOf(request.headers) });
  try {
    const wait =
      route.throttled && (await throttledFor(db(), route.throttled, anonymous.source.address, anonymous.now()));
    if (wait) {
      await tarpit();
      return answerRefusal(path, new AppError("rate_limited", throttleSentence, { retryAfter: wait }), requestId);
    }
    return await route.answer(anonymous, request);
  } catch (error) {
    return route.fails(error, requestId);
  }
}

const malformed = new AppError("invalid", "This address is malformed.", { details: { problem: "malformed-address" } });

/** Bodies are read as they come (RFC 9110, 8.4 and 12.5.3). */
const isCoded = ({ headers }: Request) => !/^(identity)?$/i.test(headers.get("content-encoding") ?? "");
const coded = new BodyError(415, "content-encoding-unknown", "Send the body without Content-Encoding.");

/** The request as the web platform has it, without its cookies; null where its address cannot be decoded. */
async function requestOf(incoming: IncomingMessage, requestId: string): Promise<WholeRequest | null> {
  const { method = "GET", url = "/", rawHeaders } = incoming;
  const body: Buffer[] = [];
  if (method !== "GET" && method !== "HEAD") for await (const piece of incoming) body.push(piece);
  try {
    if (decodeURIComponent(url).includes("\0")) return null;
    const headers = new Headers();
    for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
    headers.delete("cookie");
    headers.set("x-gatehouse-peer", String(incoming.headers["x-gatehouse-peer"] ?? ""));
    headers.set("x-request-id", requestId);
    return new WholeRequest(new URL(url, "http://gatehouse"), { method, headers }, Buffer.concat(body));
  } catch {
    return null;
  }
}

const compress = promisify(gzip);
/** Below this a packet carries it anyway. Bytes. */
const worthCompressing = 1024;

async function send(request: IncomingMessage, response: ServerResponse, answered: Response): Promise<void> {
  const plain = Buffer.from(await answered.arrayBuffer());
  const zips = plain.length >= worthCompressing && acceptsEncoding(request.headers["accept-encoding"], "gzip");
  const body = zips ? await compress(plain) : plain;
  // Refused meanwhile as too long, or gone.
  if (response.headersSent || response.destroyed) return;
  for (const [name, value] of answered.headers) response.setHeader(name, value);
  if (plain.length >= worthCompressing) response.setHeader("vary", "Accept-Encoding");
  if (zips) response.setHeader("content-encoding", "gzip");
  if (answered.status !== 204) response.setHeader("content-length", body.length);
  response.writeHead(answered.status);
  response.end(request.method === "HEAD" ? undefined : body);
}
