import { z } from "zod";
import { outcomes } from "@/db/enums";
import { isDay } from "@/lib/calendar";
import { addressOf, cursors, repeated } from "@/lib/lists/read-search-params";
import { type OperationKey, operationKeys, operationOf } from "@/lib/operations";
import { uuid } from "@/lib/uuid";

/** The address of the audit log as one schema: page, form, export and query read and write it here. */
const day = z.string().refine(isDay).optional();
const operation = z.custom<OperationKey>((value) => (operationKeys as unknown[]).includes(value));

export const auditFiltersSchema = z.object({
  /** Whom the event is about, or who acted. */
  person: repeated(uuid()),
  operation: repeated(operation),
  outcome: repeated(z.enum(outcomes)),
  target: uuid().optional(),
  /** Days on the clock of the reader, both of them within. */
  from: day,
  to: day,
  ...cursors,
});

export type AuditFilters = z.output<typeof auditFiltersSchema>;

export const auditPath = "/admin/audit";

export const { read: readAuditFilters, toPairs, toHref } = addressOf(auditPath, auditFiltersSchema);

export const noAuditFilters: AuditFilters = auditFiltersSchema.parse({});

export const hasAuditFilters = (filters: AuditFilters) => toPairs(filters).length > 0;

/** Every operation that leaves events, those of one noun together. */
export const operationChoices = operationKeys
  .filter((key) => !key.endsWith(".read"))
  .map((key) => ({ id: key, label: operationOf(key).sentence, hint: operationOf(key).noun }));

export const outcomeChoices = outcomes.map((outcome) => ({ id: outcome, label: outcome }));
