import type { Duplex } from "node:stream";
import { transportHeaders } from "@/lib/connections/transport-headers";

const reasons: Record<number, string> = {
  400: "Bad Request",
  405: "Method Not Allowed",
  408: "Request Timeout",
  413: "Content Too Large",
  431: "Request Header Fields Too Large",
};

/** Answers on a socket for which there is no response object, and closes it. */
export function answerBarely(socket: Duplex, status: number, headers: Record<string, string> = {}): void {
  if (socket.writable) {
    const lines = Object.entries({ ...transportHeaders(), ...headers, connection: "close", "content-length": "0" });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    socket.write(`HTTP/1.1 ${status} ${reasons[status] ?? "Refused"}\r\n${head}\r\n`);
  }
  socket.destroy();
}
