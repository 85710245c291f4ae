import { setTimeout as pause } from "node:timers/promises";
import { largestAnswer } from "./bounds";
import { Stop } from "./stop";

/** A request of a verb. */
export type Sent = {
  method: string;
  path: string;
  query: [string, string][];
  headers: Record<string, string>;
  body: string | null;
};
export type Answer = { status: number; headers: Headers; text: string };
export type Ask = (sent: Sent) => Promise<Answer>;

const second = 1000;
/** How long one try may take, how often one that was lost is made again, and how long is waited in all because the server asks for it. */
const limits = { patience: 60 * second, tries: 4, wait: 60 * second };

/** Nothing was sent, so another try would find the same. */
const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

export const addressOf = (server: string, { path, query }: Pick<Sent, "path" | "query">): string => {
  const text = new URLSearchParams(query).toString();
  return `${server}/api/v1${path}${text && `?${text}`}`;
};

/**
 * Asks a server. What may be done twice without harm is asked again when its answer was lost: what only reads, and a POST, since its
 * Idempotency-Key makes it one. A wait that the server asks for is kept, up to a minute in all.
 */
export function serverAsk(server: string, token: string | null, tell: (line: string) => void): Ask {
  return async (sent) => {
    const repeatable = sent.method === "GET" || "idempotency-key" in sent.headers;
    let waited = 0;
    for (let tries = 1; ; ) {
      const answer = await send(server, token, sent).catch((error: unknown) => {
        if (error instanceof Stop) throw error;
        const { code, message } = faultOf(error);
        if (!repeatable || neverSent.has(code) || tries >= limits.tries)
          throw new Stop("unreachable", `${server} cannot be reached: ${code || message}.${lostWrite(sent, code)}`);
        return null;
      });
      if (!answer) {
        await pause(0.5 * second * 2 ** (tries - 1));
        tries++;
        continue;
      }
      const seconds = Number(answer.headers.get("retry-after") ?? 0);
      const wait = seconds * second;
      if (![409, 429, 503].includes(answer.status) || !(seconds > 0) || waited + wait > limits.wait) return answer;
      tell(`${server} is busy. Trying again in ${seconds} s.`);
      await pause(wait);
      waited += wait;
    }
  };
}

/** What the network said, which fetch has as its cause. */
function faultOf(error: unknown): { code: string; message: string } {
  const { code, message } = ((error as Error).cause ?? error) as { code?: unknown; message: string };
  return { code: typeof code === "string" ? code : "", message };
}

const lostWrite = ({ method }: Sent, code: string) =>
  method === "GET" || neverSent.has(code) ? "" : " The change may have been made: check before you try again.";

async function send(server: string, token: string | null, sent: Sent): Promise<Answer> {
  const response = await fetch(addressOf(server, sent), {
    method: sent.method,
    headers: {
      ...sent.headers,
      accept: "application/json",
      "user-agent": "gatehouse-command-line",
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: sent.body,
    // A token goes to the server that it is for, and nowhere else.
    redirect: "error",
    signal: AbortSignal.timeout(limits.patience),
  });
  return { status: response.status, headers: response.headers, text: await textOf(server, response) };
}

/** The text of an answer, counted as it arrives. */
async function textOf(server: string, { body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = body?.getReader();
  for (;;) {
    const { done, value: piece } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || !piece) return new TextDecoder().decode(Buffer.concat(pieces));
    size += piece.byteLength;
    if (size > largestAnswer * 1_048_576) {
      void reader?.cancel();
      throw new Stop("unreachable", `The answer of ${server} is larger than ${largestAnswer} MB, so it was not read.`);
    }
    pieces.push(piece);
  }
}
