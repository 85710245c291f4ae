import type { Answer } from "./ask-server";
import type { Verb } from "./document";
import type { Given } from "./read-arguments";
import { changeLines, type DryRun } from "./show-changes";
import { harmless, harmlessJson, recordLines } from "./show-values";
import { exitCodeOf, exitCodes, Stop } from "./stop";
import { type Table, tableOf } from "./table";
import type { Terminal } from "./terminal";

type Problem = {
  title?: string;
  detail?: string;
  requestId?: string | null;
  errors?: { pointer: string; detail: string }[];
};
export type Page = { items: Record<string, unknown>[]; next: string | null; total: { value: number; exact: boolean } };

/** The JSON of an answer. What has none comes from something else in front of Gatehouse, or is broken. */
export function jsonOf({ status, text }: Answer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Stop("unreachable", `The server's answer is not JSON (${status}).`);
  }
}

/** The page of a list that was answered. */
export function pageOf(answer: Answer): Page {
  const { items, next, total } = (jsonOf(answer) ?? {}) as Partial<Page>;
  const isPage =
    Array.isArray(items) &&
    items.every((item) => typeof item === "object" && item !== null) &&
    (next === null || typeof next === "string") &&
    typeof total === "object" &&
    total !== null;
  if (!isPage) throw new Stop("unreachable", "The server's answer is not a page of a list.");
  return { items, next, total };
}

/** What is printed with --json: the answer as it came, if it is JSON. */
export function jsonTextOf(answer: Answer): string {
  jsonOf(answer);
  return harmlessJson(answer.text);
}

/** Says why something was refused, and gives the code of it. With --json the problem is printed unchanged. */
export function tellProblem(answer: Answer, json: boolean, { tell }: Pick<Terminal, "tell">): number {
  const { title = "Refused", detail = "", errors = [], requestId } = jsonOf(answer) as Problem;
  if (json) tell(jsonTextOf(answer));
  else {
    tell(harmless(`${title}: ${detail}`));
    for (const { pointer, detail: sentence } of errors) tell(harmless(`  ${pointer || "/"}: ${sentence}`));
    if (answer.status >= 500 && requestId) tell(harmless(`  Request ${requestId}`));
  }
  return exitCodeOf(answer.status);
}

type Showing = { verb: Verb; given: Given; json: boolean; terminal: Terminal };

/** Prints what was answered to a verb that is no list, or one page of one. */
export function showAnswer(answer: Answer, { verb, given, json, terminal }: Showing): number {
  const { print, tell } = terminal;
  if (answer.headers.get("idempotent-replayed") === "true")
    tell("An earlier attempt made this change, but its answer was lost. What is shown only once is not shown again.");
  if (json) {
    print(jsonTextOf(answer));
    return exitCodes.done;
  }
  if (given.dryRun) for (const line of changeLines(jsonOf(answer) as DryRun)) print(line);
  else if (verb.columns.length > 0) showPage(pageOf(answer), { verb, given, terminal });
  else for (const line of recordLines(jsonOf(answer))) print(line);
  return exitCodes.done;
}

/** One page of a list as a table. `table`: that of the page before. */
export function showPage(
  { items, next, total }: Page,
  { verb, given, terminal }: Omit<Showing, "json">,
  table?: Table,
): Table {
  const { print, tell, width } = terminal;
  const columns = given.columns ?? verb.columns;
  const used = table ?? tableOf(items, columns, { width, chosen: given.columns !== null });
  if (!table && items.length > 0) print(used.head);
  for (const item of items) print(used.line(item));
  if (!given.all) {
    const of = total.exact ? String(total.value) : `more than ${total.value}`;
    tell(next ? `${items.length} of ${of}. Next page: --after ${next}` : `${items.length} of ${of}.`);
  }
  return used;
}
