import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { buffer, text } from "node:stream/consumers";
import { notAPicture } from "@/lib/account/picture-rules";
import { createQueue } from "@/lib/capacity/queue";
import { invalidField } from "@/lib/errors";

const program = join("lib", "account", "encode-picture-process.mjs");
/** Milliseconds, after which it is killed. */
const patience = 20_000;

const { inTurn } = createQueue("pictures", {
  atOnce: 1,
  mostWaiting: 8,
  full: "Many people are saving a picture right now. Try again in a few seconds.",
  retryAfter: 5,
});

const refusals: Record<string, string> = {
  pixels: "The picture has more than 50 million pixels. Choose a smaller one.",
  memory: "The picture takes too much memory to read. Choose a smaller one.",
};

/**
 * A square WebP of 256 pixels, made again from the pixels alone. One at a time. Throws `invalid` for what is no JPEG, PNG or
 * WebP, or too large to decode, as its header says; `rate_limited` when the queue is full.
 */
export async function encodePicture(bytes: Buffer): Promise<Buffer> {
  if (!isPicture(bytes)) throw invalidField("picture", notAPicture);
  return inTurn(() => encodeApart(bytes));
}

/**
 * In a process of its own: the decoder's memory goes with it, the server's threads and processors come first, and a file that
 * breaks a decoder breaks nothing else. It receives no secret.
 */
async function encodeApart(bytes: Buffer): Promise<Buffer> {
  const child = spawn(process.execPath, [program], {
    cwd: process.cwd(),
    env: { NODE_ENV: "production" },
    timeout: patience,
    killSignal: "SIGKILL",
  });
  const ended = once(child, "close") as Promise<[number | null]>;
  if (child.pid) comeSecond(child.pid);
  // What is refused by its header is not read to its end.
  child.stdin.on("error", () => {}).end(bytes);
  const [image, words, [code]] = await Promise.all([buffer(child.stdout), text(child.stderr), ended]);
  if (code === 0) return image;
  if (code === 2 || code === null) throw invalidField("picture", refusals[words] ?? notAPicture);
  throw new Error(`The process that encodes a picture ended with ${code}: ${words}`);
}

function comeSecond(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already.
  }
}

/** By the first bytes, before a decoder sees them: other formats reach none. */
function isPicture(bytes: Buffer): boolean {
  const at = (from: number, text: string) => bytes.toString("latin1", from, from + text.length) === text;
  return at(0, "\xff\xd8\xff") || at(0, "\x89PNG\r\n\x1a\n") || (at(0, "RIFF") && at(8, "WEBP"));
}
