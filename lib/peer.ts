import http from "node:http";
import { logRequest } from "@/lib/request-log";

/**
 * Logs every request, and tells it the address of its own socket, before Next reads it: a client cannot forge this header, since it
 * is overwritten here. Imported once, at the start of the process.
 */
const emit = http.Server.prototype.emit as (event: string | symbol, ...args: unknown[]) => boolean;

http.Server.prototype.emit = function (this: http.Server, event: string | symbol, ...args: unknown[]) {
  if (event === "request") {
    const [request, response] = args as [http.IncomingMessage, http.ServerResponse];
    request.headers["x-gatehouse-peer"] = request.socket.remoteAddress ?? "";
    logRequest(request, response);
  }
  return emit.call(this, event, ...args);
};
