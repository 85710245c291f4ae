import { packed } from "@/components/list/packed";
import type { IconName } from "@/components/ui/sprite-icon";
import { shownChange } from "@/lib/audit/changes";
import { describeEvent } from "@/lib/audit/describe";
import type { LoggedEvent } from "@/lib/audit/event";
import { shownParts } from "@/lib/audit/words";
import { noAuditFilters, toHref } from "@/lib/audit-log/filters";
import type { IconName as EventIcon } from "@/lib/kernel/operation";
import { isOperation, operationOf } from "@/lib/operations";
import { EventDays } from "./event-days";
import type { ShownEvent } from "./event-row";

export type Reading = {
  zone: string;
  now: Date;
  /** On whose page the events are shown. */
  about?: string | undefined;
  /** Whether the reader may open the audit log: then details lead to everything about one target. */
  opensLog?: boolean;
};

/** Events under the headings of their days, in the order given, packed for `EventDays`. */
export function EventList({ events, reading }: { events: LoggedEvent[]; reading: Reading }) {
  return (
    <EventDays events={packed(events.map((event) => shown(event, reading)))} zone={reading.zone} now={reading.now} />
  );
}

function shown(event: LoggedEvent, { about, opensLog }: Reading): ShownEvent {
  const { id, at, operation, outcome, erased } = event;
  const { sentence, changes, facts } = describeEvent(event, { about: about ?? null });
  const target = opensLog ? (event.target.id ?? event.person?.id) : undefined;
  const { address, agent } = event.values;
  return {
    ...{ id, at, operation, outcome, erased },
    sentence: shownParts(sentence),
    changes: changes.map(shownChange),
    facts: facts.map(({ label, value }) => ({ label, value: shownParts(value) })),
    icon: iconOf(event),
    address: typeof address === "string" ? address : null,
    agent: typeof agent === "string" ? agent : null,
    requestId: event.requestId,
    target: target ? { href: toHref(noAuditFilters, { target }), noun: nouns[event.target.kind] ?? "target" } : null,
  };
}

/** What kind of thing happened, at a glance; the sentence beside it says it. */
const icons: Record<EventIcon, IconName> = {
  archive: "archive",
  ban: "ban",
  check: "circle-check",
  download: "download",
  eye: "eye",
  flag: "flag",
  key: "key-round",
  pencil: "pencil",
  plug: "plug-zap",
  refresh: "refresh-cw",
  restore: "archive-arrow-up",
  shield: "shield-check",
  "sign-in": "log-in",
  "sign-out": "log-out",
  trash: "trash",
  unlock: "lock-open",
  unplug: "unplug",
  "user-plus": "user-plus",
};

function iconOf({ operation, outcome }: LoggedEvent): IconName {
  if (outcome === "failed") return "triangle-exclamation-point";
  if (outcome === "refused") return "ban";
  return icons[isOperation(operation) ? operationOf(operation).icon : "pencil"];
}

const nouns: Record<string, string> = {
  user: "user",
  client: "client",
  session: "session",
  group: "group",
  role: "role",
  identity_provider: "identity provider",
};
