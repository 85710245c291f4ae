"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { cn } from "@/components/ui/class-names";
import { fieldLook } from "@/components/ui/input";
import { isDay } from "@/lib/calendar";

type DateRangeProps = { path: string; query: [name: string, value: string][] };

/** From one day to another, both within. A GET form without script; with it the list follows when a day is complete. */
export function DateRange({ path, query }: DateRangeProps) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const kept = query.filter(([name]) => name !== "from" && name !== "to");
  const dayIn = (wanted: string) => query.find(([name]) => name === wanted)?.[1] ?? "";

  useEffect(() => () => clearTimeout(timer.current), []);

  function go() {
    clearTimeout(timer.current);
    if (!form.current) return;
    const days = new FormData(form.current);
    const asked = new URLSearchParams(kept);
    for (const name of ["from", "to"]) {
      const day = String(days.get(name) ?? "");
      if (isDay(day) && day >= "2000") asked.set(name, day);
    }
    const search = asked.toString();
    router.replace(search ? `${path}?${search}` : path, { scroll: false });
  }

  return (
    <form
      ref={form}
      action={path}
      method="get"
      aria-label="Days"
      className="flex items-center gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      {kept.map(([name, value]) => (
        <input key={`${name}-${value}`} type="hidden" name={name} value={value} />
      ))}
      {(["from", "to"] as const).map((name) => (
        <label key={`${name}-${dayIn(name)}`} className="flex items-center gap-1.5 text-ui text-muted">
          {name === "from" ? "From" : "to"}
          <input
            type="date"
            name={name}
            defaultValue={dayIn(name)}
            aria-label={name === "from" ? "From day" : "To day"}
            onChange={() => {
              clearTimeout(timer.current);
              timer.current = setTimeout(go, 700);
            }}
            className={cn(fieldLook, "h-control w-[136px] tabular-nums")}
          />
        </label>
      ))}
      <button type="submit" className="sr-only">
        Show these days
      </button>
    </form>
  );
}
