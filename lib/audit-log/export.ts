import { stringify } from "csv-stringify/sync";
import { type Change, changeParts } from "@/lib/audit/changes";
import { describeEvent } from "@/lib/audit/describe";
import type { LoggedEvent } from "@/lib/audit/event";
import { plain } from "@/lib/audit/fields";
import { auditOperations } from "@/lib/audit/operations";
import { purgedName } from "@/lib/audit/told";
import { auditList, toPairs } from "@/lib/audit-log/filters";
import { countEvents, type EventQuery, nextEvents } from "@/lib/audit-log/queries";
import type { Ctx } from "@/lib/context";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import type { ColumnOf } from "@/lib/lists/declare-list";
import { formatTotal } from "@/lib/lists/format-total";

export const exportFormats = ["csv", "spreadsheet", "ndjson"] as const;
export type ExportFormat = (typeof exportFormats)[number];

const named: Record<ExportFormat, string> = { csv: "CSV", spreadsheet: "CSV for spreadsheets", ndjson: "NDJSON" };

/** By this at the beginning of a file spreadsheets know that it is UTF-8. Programs take it for a part of the first name. */
const byteOrderMark = "\uFEFF";

const batch = 500;

/**
 * The events that match, newest first, as text in pieces of 500 events: memory stays flat however many there are. Who
 * exports what is written down before the first piece (B4). Needs `audit.export`; throws `forbidden` otherwise.
 */
export async function exportEvents(ctx: Ctx, query: EventQuery, format: ExportFormat): Promise<AsyncGenerator<string>> {
  const total = await countEvents(ctx, query);
  await noteExport(ctx, {
    format: named[format],
    events: formatTotal(total),
    filter: new URLSearchParams(toPairs(query.filters)).toString(),
  });
  return pieces(ctx, query, format);
}

/** The event of an export, with what was exported, without the events themselves. */
export const noteExport = command(auditOperations["audit.export"], {
  input: internalInput<{ format: string; events: string; filter: string }>(),
  target: async () => ({ id: null, person: null, record: null, trace: null }),
  change: async (_, __, facts) => ({ value: undefined, after: null, facts }),
});

async function* pieces(ctx: Ctx, query: EventQuery, format: ExportFormat): AsyncGenerator<string> {
  const rows = format !== "ndjson";
  if (rows) yield `${format === "spreadsheet" ? byteOrderMark : ""}${csvLines([Object.values(auditList.columns)])}`;
  let last: { at: string; id: string } | null = null;
  do {
    const found = await nextEvents(ctx, query, last, batch);
    const events = found.map(({ event }) => event);
    if (events.length > 0) yield rows ? csvLines(events.map(csvRow)) : events.map(ndjsonLine).join("");
    last = found.length === batch ? (found.at(-1)?.key ?? null) : null;
  } while (last);
}

/** RFC 4180 with CRLF; a cell that a spreadsheet would take for a formula begins with an apostrophe. */
export const csvLines = (rows: readonly (readonly (string | null)[])[]): string =>
  stringify(
    rows.map((row) => row.map((cell) => cell ?? "")),
    { escape_formulas: true, quoted: true, record_delimiter: "windows" },
  );

type Cell = (event: LoggedEvent, told: ReturnType<typeof describeEvent>) => string | null;

const cells: Record<ColumnOf<typeof auditList>, Cell> = {
  at: ({ at }) => at.toISOString(),
  actor: actorName,
  operation: ({ operation }) => operation,
  outcome: ({ outcome }) => outcome,
  person: ({ person }) => person && (person.name ?? purgedName(person.id)),
  happened: (_, { sentence }) => plain(sentence),
  changes: ({ erased }, { changes }) => (erased ? "erased" : changes.map(changeText).join("; ")),
  address: ({ values }) => stringOf(values.address),
  agent: ({ values }) => stringOf(values.agent),
  actorKind: ({ actor }) => actor.kind,
  actorId: ({ actor }) => actor.id,
  personId: ({ person }) => person?.id ?? null,
  targetKind: ({ target }) => target.kind,
  targetId: ({ target }) => target.id,
  requestId: ({ requestId }) => requestId,
  eventId: ({ id }) => id,
};

const columns = Object.keys(auditList.columns) as ColumnOf<typeof auditList>[];

function csvRow(event: LoggedEvent): (string | null)[] {
  const told = describeEvent(event);
  return columns.map((column) => cells[column](event, told));
}

const changeText = (change: Change) => `${change.field}: ${plain(changeParts(change))}`;

const ndjsonLine = (event: LoggedEvent): string => `${JSON.stringify(recordOf(event))}\n`;

/** An event as programs read it. */
export function recordOf(event: LoggedEvent) {
  const under = (prefix: string) =>
    Object.fromEntries(
      Object.entries(event.values)
        .filter(([path]) => path.startsWith(prefix))
        .map(([path, value]) => [path.slice(prefix.length), value]),
    );
  return {
    id: event.id,
    at: event.at.toISOString(),
    actor: { kind: event.actor.kind, id: event.actor.id, name: event.actor.name },
    operation: event.operation,
    outcome: event.outcome,
    target: { kind: event.target.kind, id: event.target.id },
    person: event.person && { id: event.person.id, name: event.person.name },
    changes: under("change."),
    facts: under("fact."),
    token: stringOf(event.values.token),
    tokenMaker: stringOf(event.values.maker),
    address: stringOf(event.values.address),
    agent: stringOf(event.values.agent),
    requestId: event.requestId,
    erased: event.erased,
    sentence: plain(describeEvent(event).sentence),
  };
}

function actorName({ actor, values }: LoggedEvent): string {
  if (actor.kind === "operator") return "The server's owner";
  if (actor.kind === "provider") return actor.name ?? "a deleted identity provider";
  if (actor.kind === "service_account") return actor.name ?? stringOf(values.account) ?? "a deleted service account";
  return actor.name ?? (actor.id ? purgedName(actor.id) : "");
}

const stringOf = (value: unknown) => (typeof value === "string" ? value : null);
