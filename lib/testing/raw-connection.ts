import { once } from "node:events";
import type { RequestListener, Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/** A connection to our own server on which text is sent unchanged. `over` gives all that came until it was closed. */
export function openConnection(server: Server, text = "", { reads = true } = {}) {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const from = performance.now();
  let received = "";
  socket.setEncoding("utf8");
  socket.on("error", () => {});
  if (reads)
    socket.on("data", (part) => {
      received += part;
    });
  if (text) socket.write(text);
  const over = new Promise<{ received: string; ms: number }>((resolve) => {
    socket.once("close", () => resolve({ received, ms: performance.now() - from }));
  });
  return { socket, over };
}

/** Sends a piece every 50 ms until the connection is closed. */
export function drip(socket: Socket, piece: string): void {
  const timer = setInterval(() => socket.write(piece), 50);
  socket.once("close", () => clearInterval(timer));
}

/** Reads what is there every 5 ms; gives how many characters it was in the end. */
export async function readSlowly(socket: Socket): Promise<number> {
  let size = 0;
  socket.on("readable", () =>
    setTimeout(() => {
      size += (socket.read() as string | null)?.length ?? 0;
    }, 5),
  );
  await once(socket, "close");
  return size;
}

/** Answers in two parts, with this pause before each (ms). */
export const answerSlowly =
  (pause: number): RequestListener =>
  (_, response) => {
    setTimeout(() => response.write("one"), pause);
    setTimeout(() => response.end("two"), 2 * pause);
  };

/** Leaves the body unread for this time (ms), then answers. */
export const readLate =
  (pause: number): RequestListener =>
  (request, response) => {
    setTimeout(() => request.resume(), pause);
    request.once("end", () => response.end("whole"));
  };

/** Takes an upgrade, and ends the connection after this time (ms). */
export const upgradeFor = (pause: number) => (_: unknown, socket: NodeJS.WritableStream) => {
  socket.write("HTTP/1.1 101 Switching Protocols\r\n\r\n");
  setTimeout(() => socket.end("later"), pause);
};
