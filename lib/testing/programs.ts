import type { Db, Tx } from "@/db/client";
import { answerWith } from "@/lib/api/answer";
import { fitsOnToken } from "@/lib/authz/limit";
import { loadAccess } from "@/lib/authz/load";
import { holdingsOf, openedBy } from "@/lib/authz/model";
import { as, asNobody } from "@/lib/testing/database";
import { takeForOwn } from "@/lib/testing/process-database";
import { createToken } from "@/lib/tokens/commands";

export type Sent = { body?: unknown; text?: string; headers?: Record<string, string> };
// biome-ignore lint/suspicious/noExplicitAny: the JSON of an answer, which each test knows
type Json = any;
export type Answered = { status: number; headers: Headers; body: Json };
export type Program = (method: string, address: string, sent?: Sent) => Promise<Answered>;

/** Calls the API with this token, without a server. */
export function programWith(tx: Tx, token: string | null): Program {
  takeForOwn(tx);
  return async (method, address, { body, text, headers = {} } = {}) => {
    const url = new URL(`http://localhost/api/v1${address}`);
    const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const request = new Request(url, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(sent !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      body: sent,
    });
    const path = url.pathname.replace("/api/v1/", "").split("/").map(decodeURIComponent);
    const source = { address: "10.0.0.9", agent: "curl/8", requestId: "r-1" };
    const answer = await answerWith(asNobody(tx, source), request, path);
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  };
}

/** The same as a person by a token of theirs that carries these operations; without any, all that it may. */
export const programOf = async (tx: Tx, person: { id: string }, chosen?: string[]): Promise<Program> =>
  programWith(tx, await tokenOf(tx, person, chosen));

/** Such a token. */
export async function tokenOf(tx: Db | Tx, person: { id: string }, chosen?: string[]): Promise<string> {
  const operations = chosen ?? (await carriable(tx as Tx, person.id));
  const made = await createToken(await as(tx, person), { name: crypto.randomUUID(), operations, days: 30 });
  return made.token;
}

async function carriable(tx: Tx, personId: string): Promise<string[]> {
  const access = await loadAccess(tx, personId, new Date());
  return [...new Set(holdingsOf(access).flatMap(({ operation }) => openedBy(operation)))].filter(fitsOnToken);
}
