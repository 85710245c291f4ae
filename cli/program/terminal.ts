import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { exitCodes, Stop } from "./stop";

/** What the command line prints, asks and reads. Answers go to `print`, everything else to `tell`. */
export interface Terminal {
  print(line: string): void;
  tell(line: string): void;
  /** Letters of a line, where answers are read by a person; null: they go to a file or a program. */
  width: number | null;
  /** Whether somebody can be asked. */
  asks: boolean;
  ask(question: string): Promise<string>;
  /** The same without showing what is typed. */
  askHidden(question: string): Promise<string>;
  readInput(): Promise<string>;
  env: Record<string, string | undefined>;
  /** Where paths of arguments begin. */
  folder: string;
}

export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  return {
    print: (line) => void stdout.write(`${line}\n`),
    tell: (line) => void stderr.write(`${line}\n`),
    width: stdout.isTTY ? stdout.columns || 80 : null,
    asks: stdin.isTTY === true && stderr.isTTY === true,
    ask: (question) => askWith(stderr, question),
    async askHidden(question) {
      stderr.write(question);
      const answer = await askWith(new Writable({ write: (_piece, _encoding, done) => done() }), "");
      stderr.write("\n");
      return answer;
    },
    readInput: () => text(stdin),
    env,
    // npm runs scripts in the folder of the package, and says where it was called.
    folder: env.INIT_CWD ?? process.cwd(),
  };
}

async function askWith(output: NodeJS.WritableStream, question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  const stop = new AbortController();
  lines.once("SIGINT", () => stop.abort());
  lines.once("close", () => stop.abort());
  try {
    return await lines.question(question, { signal: stop.signal });
  } catch {
    throw new Stop("interrupted", "Interrupted.");
  } finally {
    lines.close();
  }
}

/**
 * Ends the process with the code of a call, once all that was said has been taken and what it had opened is closed. The reader may stop
 * early, as `head` does; the caller may interrupt.
 */
export function endWith(call: Promise<number>, close: () => Promise<void> = async () => {}): void {
  const leave = (code: number) => void close().finally(() => process.exit(code));
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") leave(exitCodes.done);
    else throw error;
  });
  // `2>&1 | head`: nobody reads messages any more, and the current work continues.
  process.stderr.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  process.once("SIGINT", () => leave(exitCodes.interrupted));
  process.once("SIGTERM", () => leave(143));
  call
    .catch((error: unknown) => {
      console.error(error);
      return exitCodes.unreachable;
    })
    .then((code) => process.stdout.write("", () => leave(code)));
}
