import { z } from "zod";
import { outcomes } from "@/db/enums";
import { isDay } from "@/lib/calendar";
import { type OperationKey, operationKeys, operationOf } from "@/lib/operations";

/** The address of the audit log as one schema: page, form, export and query read and write it here. */
const id = z.string().toLowerCase().pipe(z.uuid());
const day = z.string().refine(isDay);
const operation = z.custom<OperationKey>((value) => (operationKeys as unknown[]).includes(value));

export const auditFiltersSchema = z.object({
  /** Whom the event is about, or who acted. */
  person: z.array(id).max(20).default([]),
  operation: z.array(operation).max(50).default([]),
  outcome: z.array(z.enum(outcomes)).default([]),
  target: id.optional(),
  /** Days on the clock of the reader, both of them within. */
  from: day.optional(),
  to: day.optional(),
  after: z.string().max(1000).optional(),
  before: z.string().max(1000).optional(),
});

export type AuditFilters = z.output<typeof auditFiltersSchema>;

type Params = Record<string, string | string[] | undefined>;

const repeated = new Set(["person", "operation", "outcome"]);

/** Reads an address. What it does not understand is left out and named in `ignored`, as `outcome=foo`. */
export function readAuditFilters(params: Params): { filters: AuditFilters; ignored: string[] } {
  const ignored: string[] = [];
  const known: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(auditFiltersSchema.shape)) {
    const given = [params[name] ?? []].flat().filter((value) => value !== "");
    const values = (repeated.has(name) ? given : given.slice(0, 1)).filter((value) => {
      const fits = field.safeParse(repeated.has(name) ? [value] : value).success;
      if (!fits) ignored.push(`${name}=${value.slice(0, 60)}`);
      return fits;
    });
    if (values.length > 0)
      known[name] = repeated.has(name) ? [...new Set(values)].slice(0, name === "person" ? 20 : 50) : values[0];
  }
  return { filters: auditFiltersSchema.parse(known), ignored };
}

/** The query as pairs; with the cursor only when asked. */
export function toPairs(filters: AuditFilters, cursor = false): [name: string, value: string][] {
  const { person, operation, outcome, target, from, to, after, before } = filters;
  const pairs: [string, string | undefined][] = [
    ...person.map((id): [string, string] => ["person", id]),
    ...operation.map((key): [string, string] => ["operation", key]),
    ...outcome.map((word): [string, string] => ["outcome", word]),
    ["target", target],
    ["from", from],
    ["to", to],
    ["after", cursor ? after : undefined],
    ["before", cursor ? before : undefined],
  ];
  return pairs.filter((pair): pair is [string, string] => pair[1] !== undefined);
}

export const auditPath = "/admin/audit";

/** The address of the log with something changed. A change begins at the first page unless it names a cursor. */
export function toHref(filters: AuditFilters, change: Partial<AuditFilters> = {}, path = auditPath): string {
  const next = { ...filters, after: undefined, before: undefined, ...change };
  const query = new URLSearchParams(toPairs(next, true)).toString();
  return query ? `${path}?${query}` : path;
}

export const noAuditFilters: AuditFilters = auditFiltersSchema.parse({});

export const hasAuditFilters = (filters: AuditFilters) => toPairs(filters).length > 0;

/** Every operation that leaves events, those of one noun together. */
export const operationChoices = operationKeys
  .filter((key) => !key.endsWith(".read"))
  .map((key) => ({ id: key, label: operationOf(key).sentence, hint: operationOf(key).noun }));

export const outcomeChoices = outcomes.map((outcome) => ({ id: outcome, label: outcome }));
