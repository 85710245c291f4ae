"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useListQuery } from "@/components/list/use-list-query";
import { type Pairs, withQuery } from "@/lib/lists/search-params";
import { isDay } from "@/lib/time/calendar";

type DateRangeProps = { path: string; query: Pairs };

/** From one day to another, both within. A GET form without script; with it the list follows at once where a day is chosen, and a moment after the last key where it is typed. */
export function DateRange({ path, query }: DateRangeProps) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** The last key was for the field: a year is typed digit by digit, and each of them makes a day. */
  const typing = useRef(false);
  const change = useListQuery(query);
  const kept = query.filter(([name]) => !["from", "to", "last"].includes(name));
  const dayIn = (wanted: string) => query.find(([name]) => name === wanted)?.[1] ?? "";

  useEffect(() => () => clearTimeout(timer.current), []);

  function go() {
    clearTimeout(timer.current);
    if (!form.current) return;
    const days = new FormData(form.current);
    const chosen = (name: string) => [String(days.get(name) ?? "")].filter(isDay);
    router.replace(withQuery(path, change({ from: chosen("from"), to: chosen("to"), last: [] })), { scroll: false });
  }

  return (
    <form
      ref={form}
      action={path}
      method="get"
      aria-label="Days"
      className="flex flex-wrap items-center gap-1.5 max-s:grid max-s:w-full max-s:grid-cols-2 max-s:gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      {kept.map(([name, value]) => (
        <input key={`${name}-${value}`} type="hidden" name={name} value={value} />
      ))}
      {(["from", "to"] as const).map((name) => (
        <label
          key={`${name}-${dayIn(name)}`}
          className="flex items-center gap-1.5 text-ui text-muted max-s:flex-col max-s:items-stretch max-s:gap-0.5"
        >
          {name === "from" ? "From" : "To"}
          <input
            type="date"
            name={name}
            defaultValue={dayIn(name)}
            aria-label={name === "from" ? "From day" : "To day"}
            onKeyDown={() => {
              typing.current = true;
            }}
            onPointerDown={() => {
              typing.current = false;
            }}
            onChange={() => {
              clearTimeout(timer.current);
              if (typing.current) timer.current = setTimeout(go, 700);
              else go();
              typing.current = false;
            }}
            className="field h-control! w-auto! tabular-nums"
          />
        </label>
      ))}
      <button type="submit" className="sr-only">
        Show these days
      </button>
    </form>
  );
}
