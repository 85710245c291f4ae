import type { Terminal } from "./terminal";

export type Captured = Terminal & { out: string[]; err: string[] };

/** A terminal for tests: keeps what is said, and answers every question like this; null: nobody can be asked. */
export function capturedTerminal(more: Partial<Terminal> = {}, answer: string | null = null): Captured {
  const [out, err]: [string[], string[]] = [[], []];
  return {
    out,
    err,
    print: (line) => void out.push(line),
    tell: (line) => void err.push(line),
    width: null,
    asks: answer !== null,
    ask: async (question) => {
      err.push(question);
      return answer ?? "";
    },
    askHidden: async () => answer ?? "",
    readInput: async () => "",
    env: {},
    folder: ".",
    ...more,
  };
}
