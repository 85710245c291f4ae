import type { LoggedEvent } from "@/lib/audit/event";
import { addDays, dayOf, longDay } from "@/lib/time/calendar";
import { EventItem, type Reading } from "./event-item";

/** Events under the headings of their days, in the order given. */
export function EventList({ events, reading }: { events: LoggedEvent[]; reading: Reading }) {
  const { zone, now } = reading;
  const days: { day: string; events: LoggedEvent[] }[] = [];
  for (const event of events) {
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
          <ol>
            {events.map((event) => (
              <EventItem key={event.id} event={event} reading={reading} />
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
