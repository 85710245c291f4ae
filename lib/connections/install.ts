import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { join } from "node:path";
import { withHandover } from "@/lib/auth/handover";
import { compressAnswer } from "@/lib/connections/compressed-answer";
import { compressedFiles, compressedFolder } from "@/lib/connections/compressed-files";
import { type ConnectionLimits, guardConnections } from "@/lib/connections/guard";
import { allowedAt } from "@/lib/connections/methods";
import { boundPieces } from "@/lib/connections/pieces";
import { createTally } from "@/lib/connections/tally";
import { transportHeaders } from "@/lib/connections/transport-headers";
import { gateUpload } from "@/lib/connections/uploads";
import { followAction } from "@/lib/http/action-progress";
import { withAnswer } from "@/lib/http/answered";
import { BodyError } from "@/lib/http/json-body";
import { describeRefusal, writeRefusal } from "@/lib/http/refusal";
import { logRequest } from "@/lib/http/request-log";
import { originForm, pathOf } from "@/lib/http/target";
import { replaceFailure } from "@/lib/http/unavailable-answers";
import { withFaults } from "@/lib/platform/database-faults";
import { descriptorLimit } from "@/lib/platform/descriptors";
import { env, isDevelopment } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { answerPrograms } from "@/lib/programs/answer";
import { untilAllIsDone } from "@/lib/programs/unfinished";

/** What cli/hold-connections.mjs kept until now. */
type Held = { server: Server; sockets: Socket[] };

/** Guards the server of this process and serves the connections that waited. Throws where the server was not started by `npm start`, `demo` or `dev`. */
export function installGuard(): void {
  const kept = globalThis as { gatehouseHeld?: Held };
  const held = kept.gatehouseHeld;
  if (!held) throw new Error("Start Gatehouse with npm start: without it, connections are not limited.");
  kept.gatehouseHeld = undefined;
  const { server, sockets } = held;
  Reflect.deleteProperty(server, "emit");
  closeAfterwards(server);
  const guard = guardConnections(server, {
    limits: limitsOf(env(), descriptorLimit()),
    trusted: env().GATEHOUSE_TRUSTED_PROXIES,
    upgrades: isDevelopment(),
    onRequest: receive,
    onRefused: createTally(
      ({ count, ...more }) => log.warn({ ...more, connections: count }, "connections refused"),
      tellEvery,
    ),
  });
  // Node stops looking for late headers as soon as it closes.
  process.once("SIGTERM", () => setTimeout(guard.closeUnasked, times.headers).unref());
  for (const socket of sockets) if (!socket.destroyed) server.emit("connection", socket);
}

/** Next ends the process once the server is closed. */
function closeAfterwards(server: Server): void {
  const close = server.close.bind(server);
  server.close = (closed) => close((error) => void untilAllIsDone().finally(() => closed?.(error)));
}

/** In milliseconds. Node looks for late headers once a second, so that they are over after ten. */
const times = { headers: 9_000, body: 30_000, request: 120_000, idle: 5_000, trustedIdle: 75_000, reader: 90_000 };

type Numbers = { GATEHOUSE_MAX_CONNECTIONS: number; GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS: number };

/** A fifth of the descriptors is kept for the database, files and mail. */
export function limitsOf(numbers: Numbers, descriptors: number | null): ConnectionLimits {
  const most = descriptors === null ? Number.POSITIVE_INFINITY : Math.floor(descriptors * 0.8);
  return {
    ...times,
    perAddress: numbers.GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS,
    inAll: Math.min(numbers.GATEHOUSE_MAX_CONNECTIONS, most),
  };
}

const tellEvery = 10_000;
/** Those of the development server change under their names. */
const sendCompressed = isDevelopment() ? () => false : compressedFiles(join(process.cwd(), compressedFolder));
const countUnread = createTally<"unreadable">((refused) => log.warn(refused, "bodies of actions refused"), tellEvery);

/**
 * Every request, before Next reads it: one spelling of its target for all that decide by path, its headers, its line in the
 * log, and the address of its socket in a header that a client cannot forge, since it is overwritten here.
 */
export function receive(request: IncomingMessage, response: ServerResponse, next: () => boolean): boolean {
  for (const [name, value] of Object.entries(transportHeaders())) response.setHeader(name, value);
  request.headers["x-gatehouse-peer"] = request.socket.remoteAddress ?? "";
  request.url = originForm(request.url ?? "") ?? request.url;
  logRequest(request, response);
  const path = pathOf(request.url);
  if (path === null) return refuse(request, response, addressMalformed);
  const allow = allowedAt(path);
  if (!allow.split(", ").includes(request.method ?? "")) return refuse(request, response, methodUnknown, { allow });
  if (!request.headers.host || timesSent(request, "host") !== 1) return refuse(request, response, hostUnknown);
  if (sendCompressed(request, response, path)) return true;
  boundPieces(
    request,
    response,
    largestUnmeasured,
    () => !response.headersSent && refuse(request, response, tooLong, { reading: true }),
  );
  return withAnswer(response, () =>
    withFaults((fault) => {
      replaceFailure(request, response, fault);
      if (answerPrograms(request, response, path, allow)) return true;
      compressAnswer(request, response);
      return followAction(
        request,
        response,
        () => withHandover(() => gateUpload(request, response, next)),
        (address) => countUnread("unreadable", address),
      );
    }),
  );
}

/** How often a header was sent: Node keeps the first, a proxy may have read the last. */
const timesSent = ({ rawHeaders }: IncomingMessage, name: string) =>
  rawHeaders.filter((text, at) => at % 2 === 0 && text.toLowerCase() === name).length;

const largestUnmeasured = 1_048_576;
const tooLong = new BodyError(413, "body-too-large", "This request is larger than 1 MB.");
const addressMalformed = new BodyError(400, "malformed-address", "This address is malformed.");
const methodUnknown = new BodyError(405, "unknown-method", "This address does not allow this method.");
const hostUnknown = new BodyError(400, "unknown-host", "This request must name its host once.");

/** `reading`: the code that reads the rest of the request closes the connection, and not Node once the answer is sent. */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: BodyError,
  { reading = false, ...more }: { allow?: string; reading?: boolean } = {},
) {
  const path = request.url?.replace(/^https?:\/\/[^/]+/i, "") ?? "";
  const requestId = crypto.randomUUID();
  const { status, headers, body } = writeRefusal(path, describeRefusal(refusal), requestId);
  response.writeHead(status, { ...headers, connection: "close", "x-request-id": requestId, ...more });
  if (reading) Object.assign(response, { _last: false });
  return Boolean(response.end(request.method === "HEAD" ? "" : body));
}
