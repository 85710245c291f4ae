"use client";
import {
  Archive,
  ArchiveRestore,
  Ban,
  CircleCheck,
  Download,
  Eye,
  Flag,
  KeyRound,
  LockOpen,
  LogIn,
  LogOut,
  type LucideIcon,
  Pencil,
  PlugZap,
  RefreshCw,
  ShieldCheck,
  Trash2,
  TriangleAlert,
  Unplug,
  UserPlus,
} from "lucide-react";
import { Glyphs } from "@/components/list/glyph";
import type { Packed } from "@/components/list/packed";
import { useUnpacked } from "@/components/list/use-unpacked";
import { addDays, dayOf, longDay } from "@/lib/time/calendar";
import { EventRow, type ShownEvent } from "./event-row";

/** What kind of thing happened, at a glance; the sentence beside it says it. */
const icons: Record<ShownEvent["icon"], LucideIcon> = {
  archive: Archive,
  ban: Ban,
  check: CircleCheck,
  download: Download,
  eye: Eye,
  flag: Flag,
  key: KeyRound,
  pencil: Pencil,
  plug: PlugZap,
  refresh: RefreshCw,
  restore: ArchiveRestore,
  shield: ShieldCheck,
  "sign-in": LogIn,
  "sign-out": LogOut,
  trash: Trash2,
  unlock: LockOpen,
  unplug: Unplug,
  "user-plus": UserPlus,
  warning: TriangleAlert,
};

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
  const used = new Set(rows.map(({ icon }) => icon));
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
      <Glyphs icons={Object.fromEntries([...used].map((name) => [name, icons[name]]))} />
    </div>
  );
}

function dayTitle(day: string, zone: string, now: Date): string {
  const today = dayOf(now, zone);
  if (day === today) return `Today, ${longDay(day)}`;
  return day === addDays(today, -1) ? `Yesterday, ${longDay(day)}` : longDay(day);
}
