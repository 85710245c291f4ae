"use client";
import { cn } from "./class-names";
import { useReading } from "./reading";
import type { TimeProps } from "./time";
import { exactTime, formatTime } from "./time-words";

/** `bare` where the list's stylesheet has its look. */
export function TimeText({ at, zone, now, form = "relative", className, bare }: TimeProps & { bare?: boolean }) {
  const instant = new Date(at);
  const written = useReading().form;
  return (
    <time
      dateTime={instant.toISOString().replace(".000Z", "Z")}
      title={exactTime(instant, zone, written)}
      className={bare ? undefined : cn("whitespace-nowrap tabular-nums", className)}
    >
      {formatTime({ at: instant, zone, now: new Date(now), form, written })}
    </time>
  );
}
