"use client";
import type { ReactNode } from "react";
import { type IconName, SpriteIcon } from "@/components/ui/sprite-icon";
import { TimeText } from "@/components/ui/time-text";
import { type Change, changeParts } from "@/lib/audit/changes";
import type { Description } from "@/lib/audit/describe";
import type { LoggedEvent } from "@/lib/audit/event";
import { Parts } from "./parts";

/** An event in plain words, as it travels. */
export type ShownEvent = Description &
  Pick<LoggedEvent, "id" | "at" | "operation" | "outcome" | "requestId" | "erased"> & {
    icon: IconName;
    address: string | null;
    agent: string | null;
    /** A link to everything about its target, for people who may read that. */
    target: { href: string; noun: string } | null;
  };

type Clock = { zone: string; now: Date };

/** Time, glyph, one sentence; the changes below it, collapsed when it is more than three fields. Looks: `event-rows.css`. */
export function EventRow({ event, zone, now }: { event: ShownEvent } & Clock) {
  const clock = { zone, now };
  return (
    <li data-outcome={event.outcome === "succeeded" ? undefined : event.outcome}>
      <TimeText bare at={event.at} zone={zone} now={now} form="clock" />
      <span aria-hidden>
        <SpriteIcon name={event.icon} />
      </span>
      <div>
        <p>
          <Parts parts={event.sentence} {...clock} />
        </p>
        <Changes changes={event.changes.filter(({ told }) => !told)} clock={clock} />
        {event.erased && <p className="erased">The values of this event have been erased.</p>}
        <Details event={event} clock={clock} />
      </div>
    </li>
  );
}

function Changes({ changes, clock }: { changes: Change[]; clock: Clock }) {
  if (changes.length === 0) return null;
  const table = (
    <dl className="changes">
      {changes.map((change) => (
        <div key={change.field}>
          <dt>{change.field}</dt>
          <dd>
            {change.kind === "set" ? <SetChange {...change} {...clock} /> : <ValueChange {...change} {...clock} />}
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

function ValueChange({ old, next, ...clock }: Extract<Change, { kind: "value" }> & Clock) {
  return (
    <>
      {old && (
        <>
          <del>
            <Parts parts={old} {...clock} />
          </del>
          <span> to </span>
        </>
      )}
      <ins>
        <Parts parts={next} {...clock} />
      </ins>
    </>
  );
}

/** Labels say what came and what went: a screen reader would not convey the look alone. */
function SetChange({ added, removed, ...clock }: Extract<Change, { kind: "set" }> & Clock) {
  return (
    <>
      {added && (
        <>
          <span>added </span>
          <ins>
            <Parts parts={added} {...clock} />
          </ins>
        </>
      )}
      {added && removed && <span>, </span>}
      {removed && (
        <>
          <span>removed </span>
          <del>
            <Parts parts={removed} {...clock} />
          </del>
        </>
      )}
    </>
  );
}

function Details({ event, clock }: { event: ShownEvent; clock: Clock }) {
  const { changes, facts, address, agent, operation, outcome, requestId, target } = event;
  return (
    <details className="more">
      <summary>
        Details<span className="sr-only"> of this event</span>
      </summary>
      <dl>
        {changes
          .filter(({ told }) => told)
          .map((change) => (
            <Line key={change.field} label={change.field}>
              <Parts parts={changeParts(change)} {...clock} />
            </Line>
          ))}
        {facts.map(({ label, value }) => (
          <Line key={label} label={label}>
            <Parts parts={value} {...clock} />
          </Line>
        ))}
        <Line label="When">
          <TimeText bare at={event.at} {...clock} form="exact" />
        </Line>
        {address !== null && <Line label="Address">{address}</Line>}
        {agent !== null && <Line label="Agent">{agent}</Line>}
        <Line label="Operation">
          <code>{operation}</code>
          {`, ${outcome}`}
        </Line>
        {requestId && (
          <Line label="Request">
            <code>{requestId}</code>
          </Line>
        )}
        <Line label="Event">
          <code>{event.id}</code>
        </Line>
        {target && (
          <Line label="Target">
            <a href={target.href} className="link">
              {`Everything about this ${target.noun}`}
            </a>
          </Line>
        )}
      </dl>
    </details>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
