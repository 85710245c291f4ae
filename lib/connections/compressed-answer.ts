import type { IncomingMessage, ServerResponse } from "node:http";
import { createGzip, type Gzip, gzip } from "node:zlib";
import { acceptsEncoding } from "@/lib/http/accepted-encoding";

/** Below this a packet carries it anyway. Bytes. */
const worthCompressing = 1_024;
/** Largest buffer before the writer has to wait. Bytes. */
const most = 262_144;
/** Turns of the event loop that a page which is ready takes at most: React and Next write it in pieces, over some of them. */
const patience = 10;

const compressible = /^(text\/|application\/(json|javascript|xml)\b|[^;]+\+(json|xml|text)\b)/i;

/**
 * Joins and compresses what Next answers, which it writes in some fifty pieces: handing each of them to the compression and to the socket
 * costs more than compressing. What comes within a few turns of the event loop is sent as one, what comes later as it comes.
 */
export function compressAnswer(request: IncomingMessage, response: ServerResponse): void {
  const sent = { write: response.write.bind(response), end: response.end.bind(response) };
  let held: Buffer[] = [];
  let size = 0;
  let turns = 0;
  let waits = false;
  let ended = false;
  let heldBack = false;
  let stream: Gzip | "plain" | null = null;

  function take(piece: unknown, encoding: unknown): void {
    const bytes = bytesOf(piece, encoding);
    if (!bytes) return;
    held.push(bytes);
    size += bytes.length;
  }

  function joined(): Buffer {
    const all = held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held, size);
    held = [];
    size = 0;
    return all;
  }

  function sendWhole(): void {
    const plain = joined();
    if (!compresses(request, response) || plain.length < worthCompressing)
      return void sent.end(plain.length > 0 ? plain : undefined);
    gzip(plain, (error, bytes) => {
      if (error) response.destroy(error);
      if (response.destroyed) return;
      response.setHeader("content-encoding", "gzip");
      response.setHeader("content-length", bytes.length);
      sent.end(bytes);
    });
  }

  function open(): Gzip | "plain" {
    if (!compresses(request, response)) return "plain";
    response.setHeader("content-encoding", "gzip");
    response.removeHeader("content-length");
    const opened = createGzip();
    opened.on("data", (bytes) => void (sent.write(bytes) || opened.pause()));
    opened.on("end", () => void sent.end());
    response.on("drain", () => void (response.writableNeedDrain || opened.resume()));
    response.once("close", () => opened.destroy());
    return opened;
  }

  function sendOn(): void {
    stream ??= open();
    const bytes = joined();
    if (stream === "plain") {
      if (bytes.length === 0 || sent.write(bytes)) goOn();
      if (ended) sent.end();
      return;
    }
    if (bytes.length === 0 || stream.write(bytes)) goOn();
    else stream.once("drain", goOn);
    if (ended) stream.end();
    else stream.flush();
  }

  function goOn(): void {
    if (!heldBack || response.destroyed) return;
    heldBack = false;
    response.emit("drain");
  }

  function turn(): void {
    waits = false;
    if (ended || response.destroyed) return;
    turns += 1;
    if (stream || turns >= patience || size >= most) sendOn();
    else later();
  }

  function later(): void {
    if (waits) return;
    waits = true;
    setImmediate(turn);
  }

  response.flushHeaders = () => {};
  response.write = (piece: unknown, encoding?: unknown) => {
    take(piece, encoding);
    later();
    heldBack ||= size >= most;
    return !heldBack;
  };
  response.end = (piece?: unknown, encoding?: unknown) => {
    if (ended) return response;
    ended = true;
    take(piece, encoding);
    if (stream) sendOn();
    else sendWhole();
    return response;
  };
}

/** Says in the answer, too, that it depends on what is accepted. */
function compresses(request: IncomingMessage, response: ServerResponse): boolean {
  if (response.headersSent || !compressible.test(String(response.getHeader("content-type") ?? ""))) return false;
  response.appendHeader("vary", "Accept-Encoding");
  if (
    request.method === "HEAD" ||
    !acceptsEncoding(request.headers["accept-encoding"], "gzip") ||
    response.hasHeader("content-encoding")
  )
    return false;
  return !/\bno-transform\b/.test(String(response.getHeader("cache-control") ?? ""));
}

function bytesOf(piece: unknown, encoding: unknown): Buffer | null {
  if (typeof piece === "string")
    return Buffer.from(piece, typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8");
  if (piece instanceof Uint8Array) return Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
  return null;
}
