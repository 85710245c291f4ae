import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { exitCodes, Stop } from "./stop";

/** What the command line says, asks and is told. Answers go to `print`, everything else to `tell`. */
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

/** Ends the process once all that was said has been taken. */
export function endProcess(code: number): void {
  process.stdout.write("", () => process.exit(code));
}

/** Whoever reads may stop early, as `head` does; and whoever calls may interrupt. */
export function endQuietly(onEnd: () => Promise<void>): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    void onEnd().finally(() => process.exit(exitCodes.done));
  });
  for (const [signal, code] of [
    ["SIGINT", exitCodes.interrupted],
    ["SIGTERM", 143],
  ] as const)
    process.once(signal, () => void onEnd().finally(() => process.exit(code)));
}
