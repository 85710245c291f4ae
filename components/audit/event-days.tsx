"use client";
import type { Packed } from "@/components/list/packed";
import { useUnpacked } from "@/components/list/use-unpacked";
import { addDays, dayOf, longDay } from "@/lib/time/calendar";
import { EventRow, type ShownEvent } from "./event-row";

type EventDaysProps = { events: Packed<ShownEvent[]>; zone: string; now: Date };

/** Looks: `event-rows.css`. */
export function EventDays({ events, zone, now }: EventDaysProps) {
  const rows = useUnpacked(events);
  const days: { day: string; events: ShownEvent[] }[] = [];
  for (const event of rows) {
    const day = dayOf(event.at, zone);
    const last = days.at(-1);
    if (last?.day === day) last.events.push(event);
    else days.push({ day, events: [event] });
  }
  return (
    <div className="px-4 pb-3 max-s:px-3.5">
      {days.map(({ day, events }) => (
        <section key={day} aria-label={dayTitle(day, zone, now)}>
          <h2 className="-mx-4 mb-2.5 border-b border-line bg-canvas px-4 py-1.5 text-xs font-medium text-muted first:rounded-t-lg max-s:-mx-3.5 max-s:px-3.5">
            {dayTitle(day, zone, now)}
          </h2>
          <ol className="events">
            {events.map((event) => (
              <EventRow key={event.id} event={event} zone={zone} now={now} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function dayTitle(day: string, zone: string, now: Date): string {
  const today = dayOf(now, zone);
  if (day === today) return `Today, ${longDay(day)}`;
  return day === addDays(today, -1) ? `Yesterday, ${longDay(day)}` : longDay(day);
}
