/** How a call of the command line ends. docs/command-line.md explains each; scripts rely on them. */
export const exitCodes = {
  done: 0,
  refused: 1,
  usage: 2,
  notAllowed: 3,
  notFound: 4,
  conflict: 5,
  unreachable: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends the call with this code, after this sentence. */
export class Stop extends Error {
  readonly code: ExitCode;

  constructor(code: keyof typeof exitCodes, message: string) {
    super(message);
    this.name = "Stop";
    this.code = exitCodes[code];
  }
}

/** `help`: the words that lead to the explanation, as "gatehouse user create". */
export const usageError = (message: string, help = "gatehouse") => new Stop("usage", `${message} See ${help} --help.`);

/** The code for the status of an answer. */
export function exitCodeOf(status: number): ExitCode {
  if (status < 400) return exitCodes.done;
  if (status === 401 || status === 403) return exitCodes.notAllowed;
  if (status === 404) return exitCodes.notFound;
  if (status === 409 || status === 412) return exitCodes.conflict;
  return status >= 500 || status === 429 ? exitCodes.unreachable : exitCodes.refused;
}
