import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Answer, Ask, Sent } from "./ask-server";
import { mostPages } from "./bounds";
import type { Verb } from "./document";
import { type Given, parseJson } from "./read-arguments";
import { pageOf, showAnswer, showPage, tellProblem } from "./show-answer";
import { harmlessJson } from "./show-values";
import type { Source } from "./source";
import { exitCodes, Stop, usageError } from "./stop";
import type { Table } from "./table";
import type { Terminal } from "./terminal";

type Using = { verb: Verb; given: Given; source: Source; terminal: Terminal; json: boolean };

/** Does what a verb is there for: asks first where that is due, sends it, and shows what came back. */
export async function doVerb(using: Using): Promise<number> {
  const { verb, given, source, terminal, json } = using;
  const body = await bodyOf(using);
  if (verb.confirms && !given.dryRun && !given.yes) await confirm(using);
  const sent = requestOf(verb, given, body, source.keys);
  const ask = await source.open();
  if (given.all) return showAll(ask, sent, using);
  const answer = await ask(sent);
  return answer.status < 400
    ? showAnswer(answer, { verb, given, json, terminal })
    : tellProblem(answer, json, terminal);
}

async function confirm({ verb, terminal, given }: Using): Promise<void> {
  const what = [verb.summary, ...Object.values(given.parameters)].join(" ");
  if (!terminal.asks)
    throw usageError(
      `${what}: add --yes, because there is no terminal to ask for confirmation.`,
      `gatehouse ${verb.noun} ${verb.verb}`,
    );
  const answer = await terminal.ask(`${what}? [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new Stop("refused", "Nothing was done.");
}

function requestOf({ method, path, dryRun }: Verb, given: Given, body: string | null, keys: boolean): Sent {
  const { parameters, query, ifMatch } = given;
  return {
    method,
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? "")),
    query: given.dryRun ? [...query, ["dryRun", "true"]] : query,
    headers: {
      ...(body !== null && { "content-type": "application/json" }),
      ...(ifMatch !== null && { "if-match": ifMatch }),
      ...(keys && dryRun && method === "POST" && !given.dryRun && { "idempotency-key": randomUUID() }),
    },
    body,
  };
}

/** --data merged with what was given as options of its own; the text of --data itself where nothing is added to it. */
async function bodyOf({ verb, given, terminal }: Using): Promise<string | null> {
  const help = `gatehouse ${verb.noun} ${verb.verb}`;
  const { data, members, secret } = given;
  if (!verb.body) return null;
  if (secret && data === "-") throw usageError(`Only one of --data - and --${secret.option}-stdin can be read.`, help);
  const text = data === null ? null : await textOf(data, terminal, help);
  const whole = text === null ? {} : parseJson(text, "--data", help);
  if (typeof whole !== "object" || whole === null || Array.isArray(whole))
    throw usageError("--data is not a JSON object.", help);
  const added = secret ? { ...members, [secret.name]: await secretOf(secret.option, terminal, help) } : members;
  if (text !== null && Object.keys(added).length === 0) return text;
  return JSON.stringify({ ...whole, ...added });
}

async function textOf(data: string, { readInput, folder }: Terminal, help: string): Promise<string> {
  if (data === "-") return readInput();
  if (!data.startsWith("@")) return data;
  try {
    return readFileSync(resolve(folder, data.slice(1)), "utf8");
  } catch (error) {
    throw usageError(`${data.slice(1)} cannot be read (${(error as NodeJS.ErrnoException).code}).`, help);
  }
}

async function secretOf(option: string, { asks, askHidden, readInput }: Terminal, help: string): Promise<string> {
  const text = asks ? await askHidden(`${option}: `) : (await readInput()).replace(/\r?\n$/, "");
  if (!text) throw usageError(`--${option}-stdin was given, but standard input is empty.`, help);
  return text;
}

/**
 * Shows every page of a list as it comes. Stops after `mostPages`, with the place to continue from, and when a server names the
 * same place again: otherwise it could ask endlessly.
 */
async function showAll(ask: Ask, first: Sent, { verb, given, terminal, json }: Using): Promise<number> {
  const query = first.query.some(([name]) => name === "limit")
    ? first.query
    : [...first.query, ["limit", "200"] as [string, string]];
  let table: Table | undefined;
  let pages = 0;
  for (let after: string | null | undefined; after !== null; pages++) {
    if (pages === mostPages)
      throw new Stop("unreachable", `Stopped after ${mostPages} pages. To continue: --after ${after}`);
    const place: [string, string][] = after ? [["after", after]] : [];
    const rest = after ? query.filter(([name]) => name !== "after") : query;
    const answer: Answer = await ask({ ...first, query: [...rest, ...place] });
    if (answer.status >= 400) return tellProblem(answer, json, terminal);
    const page = pageOf(answer);
    if (json) for (const item of page.items) terminal.print(harmlessJson(JSON.stringify(item)));
    else table = showPage(page, { verb, given, terminal }, table);
    if (page.next !== null && page.next === after)
      throw new Stop("unreachable", "Stopped: the server returned the same page again.");
    after = page.next;
  }
  return exitCodes.done;
}
