import { z } from "zod";
import { outcomes } from "@/db/enums";
import { declareList, type FiltersOf } from "@/lib/lists/declare-list";
import { choiceFilter, dayFilter, linkFilter, personFilter, switchFilter } from "@/lib/lists/filters";
import { type OperationKey, operationKeys, operationOf } from "@/lib/operations";
import { uuid } from "@/lib/platform/uuid";

const operation = z.custom<OperationKey>((value) => (operationKeys as unknown[]).includes(value));

/** Every operation that leaves events, those of one noun together. */
const operationChoices = operationKeys
  .filter((key) => !key.endsWith(".read"))
  .map((key) => ({ id: key, label: operationOf(key).sentence, hint: operationOf(key).noun }));

export const auditPath = "/admin/audit";

/** The end of an id, for what has no name here. */
export const shortId = (id: string) => `…${id.slice(-4)}`;

export const auditList = declareList({
  name: "events",
  path: auditPath,
  label: "Audit log",
  search: "Name, value or address",
  filters: {
    /** Who acted. */
    actor: personFilter("Actor"),
    /** Whom the event is about: also the owner of the thing that it is about. */
    about: personFilter("Target user"),
    /** Either of both. No longer offered, but links to it last. */
    person: personFilter("Person"),
    operation: choiceFilter("Operation", operation, operationChoices),
    outcome: choiceFilter(
      "Outcome",
      z.enum(outcomes),
      outcomes.map((id) => ({ id, label: id })),
    ),
    target: linkFilter("Target", uuid(), shortId),
    /** What was done to a service account, and what it did. */
    serviceAccount: linkFilter("Service account", uuid(), shortId),
    signIns: switchFilter("Sign-ins", ["hidden"], { hidden: "hidden" }),
    /** Back from the moment at which it is asked. */
    last: switchFilter("Last", ["24h", "7d", "30d"], { "24h": "24 hours", "7d": "7 days", "30d": "30 days" }),
    /** Both days are within. */
    from: dayFilter("From day"),
    to: dayFilter("To day"),
  },
  /** Of the file: on the page an event is a sentence. */
  columns: {
    at: "at",
    actor: "actor",
    operation: "operation",
    outcome: "outcome",
    person: "person",
    happened: "what happened",
    changes: "changes",
    address: "address",
    agent: "agent",
    actorKind: "actor kind",
    actorId: "actor id",
    personId: "person id",
    targetKind: "target kind",
    targetId: "target id",
    requestId: "request id",
    eventId: "event id",
  },
});

export type AuditFilters = FiltersOf<typeof auditList>;
export const {
  read: readAuditFilters,
  toPairs,
  toHref,
  usual: noAuditFilters,
  isFiltered: hasAuditFilters,
} = auditList;
