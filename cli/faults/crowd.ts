import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** One way to hold a connection: what is sent at once, and what again every second. */
export type Way = { first: string; again?: string };

/** Times in milliseconds. `answers` counts the statuses that came. */
export type Held = { opened: number; longest: number; answers: Record<string, number> };

/** Keeps `atOnce` connections to a server of our own in this way until `end`, then waits until the server has closed them all. */
export async function hold(port: number, way: Way, from: string, atOnce: number, end: number): Promise<Held> {
  const held: Held = { opened: 0, longest: 0, answers: {} };
  const one = async () => {
    do {
      held.opened += 1;
      const begin = performance.now();
      const status = await holdOne(port, way, from);
      held.answers[status] = (held.answers[status] ?? 0) + 1;
      held.longest = Math.max(held.longest, Math.round(performance.now() - begin));
    } while (Date.now() < end);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return held;
}

async function holdOne(port: number, { first, again }: Way, from: string): Promise<string> {
  const socket = connect({ port, host: "127.0.0.1", localAddress: from });
  let received = "";
  socket.on("error", () => {});
  socket.on("data", (part) => {
    received ||= part.toString("latin1");
  });
  if (first) socket.write(first);
  const timer = again && setInterval(() => socket.write(again), 1_000);
  await closed(socket);
  if (timer) clearInterval(timer);
  return /^HTTP\/1\.1 (\d{3})/.exec(received)?.[1] ?? "closed";
}

/** A refused one closes at once: not to be asked for again in a busy loop. */
async function closed(socket: Socket) {
  const begin = performance.now();
  await new Promise((resolve) => socket.once("close", resolve));
  const rest = 250 - (performance.now() - begin);
  if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
}

/** Another address of this machine, where it has one; otherwise the first. */
export async function anotherAddress(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.66");
  try {
    await once(server, "listening");
    return "127.0.0.66";
  } catch {
    return "127.0.0.1";
  } finally {
    server.close();
  }
}
