import type { ReactNode } from "react";
import { Time } from "@/components/ui/time";
import { type Change, type Description, describeEvent } from "@/lib/audit/describe";
import type { LoggedEvent } from "@/lib/audit/event";
import { text } from "@/lib/audit/words";
import { noAuditFilters, toHref } from "@/lib/audit-log/filters";
import { EventGlyph } from "./event-glyph";
import { Parts } from "./parts";

export type Reading = {
  zone: string;
  now: Date;
  /** On whose page the events stand. */
  about?: string | undefined;
  /** Whether the reader may open the audit log: then details lead to everything about one target. */
  opensLog?: boolean;
};

/** Time, glyph, one sentence; what changed beneath it, folded when it is more than three fields. */
export function EventItem({ event, reading }: { event: LoggedEvent; reading: Reading }) {
  const { zone, now, about } = reading;
  const description = describeEvent(event, { about: about ?? null });
  return (
    <li className="group/event relative grid grid-cols-[42px_22px_minmax(0,1fr)] gap-x-2.5 pb-3 max-s:grid-cols-[22px_minmax(0,1fr)]">
      <Time
        at={event.at}
        zone={zone}
        now={now}
        form="clock"
        className="pt-px text-right text-ui text-muted tabular-nums max-s:col-start-2 max-s:row-start-2 max-s:text-left max-s:text-xs"
      />
      <span
        aria-hidden
        className="absolute top-6 bottom-0 left-[62.5px] w-px bg-line group-last/event:hidden max-s:left-[10.5px]"
      />
      <EventGlyph event={event} className="relative max-s:col-start-1 max-s:row-start-1" />
      <div className="min-w-0 pt-px text-ui wrap-break-word text-ink-2 max-s:row-start-1">
        <p className="pr-16 max-s:pr-0">
          <Parts parts={description.sentence} zone={zone} now={now} />
        </p>
        <Changes changes={description.changes.filter(({ told }) => !told)} reading={reading} />
        {event.erased && <p className="mt-1 text-xs text-muted">The values of this event have been erased.</p>}
        <Details event={event} description={description} reading={reading} />
      </div>
    </li>
  );
}

function Changes({ changes, reading }: { changes: Change[]; reading: Reading }) {
  if (changes.length === 0) return null;
  const table = (
    <dl className="mt-1.5 grid grid-cols-[minmax(90px,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 rounded-md bg-sunken px-3 py-2 text-xs">
      {changes.map(({ field, old, next }) => (
        <div key={field} className="col-span-2 grid grid-cols-subgrid max-s:block">
          <dt className="text-muted">{field}</dt>
          <dd className="min-w-0 wrap-break-word">
            {old && (
              <>
                <del className="text-danger">
                  <Parts parts={old} zone={reading.zone} now={reading.now} />
                </del>
                <span className="text-muted"> to </span>
              </>
            )}
            <ins className="text-positive no-underline">
              <Parts parts={next} zone={reading.zone} now={reading.now} />
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
  if (changes.length <= 3) return table;
  return (
    <details className="mt-0.5">
      <summary className="link inline-block py-0.5 text-xs">{changes.length} fields</summary>
      {table}
    </details>
  );
}

type DetailsProps = { event: LoggedEvent; description: Description; reading: Reading };

function Details({ event, description: { facts, changes }, reading }: DetailsProps) {
  const { address, agent } = event.values;
  const target = event.target.id ?? event.person?.id;
  return (
    <details className="group/details">
      <summary className="absolute top-0 right-0 max-s:top-auto max-s:bottom-3 cursor-pointer list-none rounded-sm px-1.5 py-1 text-xs text-muted hover:text-ink focus-visible:opacity-100 s:opacity-0 s:group-hover/event:opacity-100 s:group-open/details:opacity-100 coarse:opacity-100 [&::-webkit-details-marker]:hidden">
        Details<span className="sr-only"> of this event</span>
      </summary>
      <dl className="mt-1.5 grid grid-cols-[minmax(90px,auto)_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs text-ink-2">
        {changes
          .filter(({ told }) => told)
          .map(({ field, old, next }) => (
            <Line key={field} label={field}>
              <Parts parts={old ? [...old, text(" to "), ...next] : next} zone={reading.zone} now={reading.now} />
            </Line>
          ))}
        {facts.map(({ label, value }) => (
          <Line key={label} label={label}>
            <Parts parts={value} zone={reading.zone} now={reading.now} />
          </Line>
        ))}
        <Line label="When">
          <Time at={event.at} zone={reading.zone} now={reading.now} form="exact" />
        </Line>
        {typeof address === "string" && <Line label="Address">{address}</Line>}
        {typeof agent === "string" && <Line label="Agent">{agent}</Line>}
        <Line label="Operation">
          <code className="font-mono">{event.operation}</code>, {event.outcome}
        </Line>
        {event.requestId && (
          <Line label="Request">
            <code className="font-mono">{event.requestId}</code>
          </Line>
        )}
        <Line label="Event">
          <code className="font-mono">{event.id}</code>
        </Line>
        {reading.opensLog && target && (
          <Line label="Target">
            <a href={toHref(noAuditFilters, { target })} className="link">
              Everything about this {nouns[event.target.kind] ?? "target"}
            </a>
          </Line>
        )}
      </dl>
    </details>
  );
}

const nouns: Record<string, string> = {
  user: "user",
  client: "client",
  session: "session",
  group: "group",
  role: "role",
  identity_provider: "identity provider",
};

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="col-span-2 grid grid-cols-subgrid">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
}
