import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { answerBarely } from "@/lib/connections/bare-answer";
import { allowedAt } from "@/lib/connections/methods";
import type { Refusal } from "@/lib/connections/tally";
import { networkOf } from "@/lib/platform/client-address";
import { inRanges } from "@/lib/platform/ranges";

/** Times in milliseconds. */
export interface ConnectionLimits {
  /** From the first byte, or from the start of a connection that sends none, to the end of the headers. */
  headers: number;
  /** While a body is received: without a byte. */
  body: number;
  /** For a request as a whole, headers and body. */
  request: number;
  /** Between two requests; `trustedIdle` for proxies, which must be the ones to close. */
  idle: number;
  trustedIdle: number;
  /** While an answer is sent: without a byte that the other side takes. */
  reader: number;
  /** How many connections there are at once, from one address and in all. */
  perAddress: number;
  inAll: number;
}

export interface GuardOptions {
  limits: ConnectionLimits;
  /** Proxies' addresses, exempt from `perAddress`. */
  trusted: string[];
  /** Whether somebody answers upgrades (hot reload does); otherwise a request to upgrade is answered as the request that it is. */
  upgrades: boolean;
  /** Sees every request first, and hands it on by `next`, or answers it. */
  onRequest(request: IncomingMessage, response: ServerResponse, next: () => boolean): boolean;
  onRefused(why: Refusal, address: string): void;
}

type Emit = (event: string | symbol, ...args: unknown[]) => boolean;

/**
 * Bounds every connection of this server in number and time, so that each is answered or closed. Node looks for late headers
 * and requests every `connectionsCheckingInterval`, which the server must have been made with.
 */
export function guardConnections(server: Server, options: GuardOptions): { closeUnasked(): void } {
  const { limits, trusted, onRefused } = options;
  const open = new Map<Socket, Set<ServerResponse>>();
  const perNetwork = new Map<string, number>();
  const isTrusted = inRanges(trusted);

  /** Counts a new connection, or refuses it. */
  function admit(socket: Socket): boolean {
    const address = socket.remoteAddress;
    if (!address) return refuse(socket);
    const network = networkOf(address);
    const held = perNetwork.get(network) ?? 0;
    if (open.size >= limits.inAll) return refuse(socket, "server full");
    if (held >= limits.perAddress && !isTrusted(address)) return refuse(socket, "address full");
    open.set(socket, new Set());
    perNetwork.set(network, held + 1);
    socket.once("close", () => {
      open.delete(socket);
      const left = (perNetwork.get(network) ?? 1) - 1;
      if (left > 0) perNetwork.set(network, left);
      else perNetwork.delete(network);
    });
    return true;
  }

  function refuse(socket: Socket, why?: Refusal): false {
    if (why) onRefused(why, socket.remoteAddress ?? "");
    socket.destroy();
    return false;
  }

  function follow(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const running = open.get(socket);
    running?.add(response);
    // A connection that is never idle would outlive a server that closes.
    if (!server.listening) response.shouldKeepAlive = false;
    response.once("close", () => {
      running?.delete(response);
      // Next puts another stream in place of the body, and its listeners: then nobody hears that the other side has gone.
      request.on("error", () => {});
    });
    if (isTrusted(socket.remoteAddress ?? ""))
      response.once("finish", () => response.shouldKeepAlive && socket.setTimeout(limits.trustedIdle));
  }

  /** Nothing has moved on this connection for its time. Whose turn is it? */
  function judge(socket: Socket): void {
    const running = [...(open.get(socket) ?? [])];
    const isSlow = running.some(({ req }) => !req.complete && req.readableLength < req.readableHighWaterMark);
    if (running.length === 0) socket.destroy();
    else if (isSlow || (socket.writableLength > 0 && socket.timeout === limits.reader)) refuse(socket, "late");
    else socket.setTimeout(socket.writableLength > 0 ? limits.reader : limits.body);
  }

  const emit = server.emit as Emit;
  server.emit = function (this: Server, event: string | symbol, ...args: unknown[]) {
    if (event === "connection" && !admit(args[0] as Socket)) return true;
    if (event === "upgrade") closeUnanswered(args[1] as Socket, limits.headers);
    if (event === "request" || event === "checkExpectation") {
      const [request, response] = args as [IncomingMessage, ServerResponse];
      follow(request, response);
      return options.onRequest(request, response, () => emit.call(this, event, ...args));
    }
    return emit.call(this, event, ...args);
  } as Server["emit"];

  server.headersTimeout = limits.headers;
  server.requestTimeout = limits.request;
  server.keepAliveTimeout = limits.idle;
  server.timeout = limits.body;
  server.on("timeout", judge);
  server.on("checkExpectation", (_, response: ServerResponse) => response.writeHead(417).end());
  server.on("connect", (_, socket: Duplex) => {
    onRefused("malformed", (socket as Socket).remoteAddress ?? "");
    answerBarely(socket, 405, { allow: allowedAt("/") });
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    const known = socket as Socket;
    if (error.code === "ECONNRESET") return void socket.destroy();
    const status = statusOf(error);
    onRefused(status === 408 ? "late" : "malformed", known.remoteAddress ?? "");
    if ([...(open.get(known) ?? [])].some(({ headersSent }) => headersSent)) socket.destroy();
    else answerBarely(socket, status);
  });
  if (!options.upgrades) server.removeAllListeners("upgrade");

  return {
    closeUnasked() {
      for (const [socket, running] of open) if (running.size === 0) socket.destroy();
    },
  };
}

/** Nobody else watches a connection that was handed over to be upgraded. */
function closeUnanswered(socket: Socket, patience: number): void {
  const written = socket.bytesWritten;
  setTimeout(() => socket.bytesWritten === written && socket.destroy(), patience).unref();
}

function statusOf({ code }: NodeJS.ErrnoException): number {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return 408;
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  if (code === "HPE_CHUNK_EXTENSIONS_OVERFLOW") return 413;
  return 400;
}
