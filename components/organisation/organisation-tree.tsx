"use client";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useRef, useState, useTransition } from "react";
import type { Chart, ChartRow } from "@/lib/organisation/chart";
import { type ChartFilters, toChartHref, top } from "@/lib/organisation/filters";
import { stepFor, type TreeItem, typedTo } from "./tree-keys";
import { BranchEnd, PersonNode } from "./tree-node";

type OrganisationTreeProps = { chart: Chart; filters: ChartFilters };

/** The chart as a tree to walk by keyboard. What is open stands in the address; each change is asked of the server. */
export function OrganisationTree({ chart, filters }: OrganisationTreeProps) {
  const router = useRouter();
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(chart.shown);
  const [busy, setBusy] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const items = chart.rows.map(itemOf);
  const hrefs = new Map(chart.rows.map((row) => [keyOf(row), hrefOf(row, chart, filters)]));
  const tabbed = items.some(({ key }) => key === active) ? active : (items[0]?.key ?? null);
  const typing = useTyping();

  useEffect(() => {
    if (!chart.shown) return;
    setActive(chart.shown);
    elementOf(list.current, chart.shown)?.focus({ preventScroll: true });
    elementOf(list.current, chart.shown)?.scrollIntoView({ block: "center" });
  }, [chart.shown]);

  function go(key: string, href: string) {
    setBusy(key);
    startTransition(() => router.replace(href, { scroll: false }));
  }

  function act(key: string, kind: "toggle" | "activate") {
    const row = chart.rows.find((candidate) => keyOf(candidate) === key);
    const href = hrefs.get(key);
    if (!row || !href) return;
    if (row.kind === "more") return row.full ? router.push(href.open) : go(key, href.open);
    if (kind === "toggle" && href.toggle) go(key, href.toggle);
    else router.push(row.href);
  }

  function press(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || !tabbed) return;
    const step = stepFor(items, tabbed, event.key);
    const typed = step ? null : typing(event.key);
    const found = typed && typedTo(items, tabbed, typed);
    if (!step && !found) return;
    event.preventDefault();
    if (found) elementOf(list.current, found)?.focus();
    else if (step && "focus" in step) elementOf(list.current, step.focus)?.focus();
    else if (step && "toggle" in step) act(step.toggle, "toggle");
    else if (step && "activate" in step) act(step.activate, "activate");
  }

  return (
    <div
      ref={list}
      role="tree"
      aria-label="Organisation"
      aria-busy={pending}
      onKeyDown={press}
      onFocus={(event) => {
        const key = event.target.closest<HTMLElement>("[data-node]")?.dataset.node;
        if (key) setActive(key);
      }}
      className="rounded-lg border border-line"
    >
      {chart.rows.map((row) => {
        const key = keyOf(row);
        const href = hrefs.get(key);
        const shared = { nodeKey: key, tabbed: key === tabbed, busy: pending && busy === key };
        return row.kind === "person" ? (
          <PersonNode
            key={key}
            {...shared}
            person={row}
            shown={row.id === chart.shown}
            toggleHref={href?.toggle ?? null}
            onToggle={() => act(key, "toggle")}
          />
        ) : (
          <BranchEnd key={key} {...shared} end={row} href={href?.open ?? ""} onOpen={() => act(key, "activate")} />
        );
      })}
    </div>
  );
}

const keyOf = (row: ChartRow) => (row.kind === "person" ? row.id : `more-${row.parentId ?? top}`);

const itemOf = (row: ChartRow): TreeItem => ({
  key: keyOf(row),
  parentKey: row.parentId,
  level: row.level,
  text: row.kind === "person" ? row.name : "",
  expanded: row.kind === "person" ? row.expanded : null,
});

/** Where a row leads: what its arrow or its "Show more" makes of the address. */
function hrefOf(row: ChartRow, chart: Chart, filters: ChartFilters): { open: string; toggle: string | null } {
  if (row.kind === "more") {
    const parent = row.parentId ?? top;
    const open = row.full
      ? `/admin/users${row.parentId ? `?manager=${row.parentId}` : ""}`
      : toChartHref(filters, { open: chart.open, more: [...filters.more, parent] });
    return { open, toggle: null };
  }
  if (row.expanded === null) return { open: row.href, toggle: null };
  const open = row.expanded ? chart.open.filter((id) => id !== row.id) : [...chart.open, row.id];
  const hides = row.expanded && chart.shown !== null && isAbove(chart.rows, row.id, chart.shown);
  return { open: row.href, toggle: toChartHref(filters, { open, show: hides ? null : filters.show }) };
}

function isAbove(rows: ChartRow[], id: string, below: string): boolean {
  const parents = new Map(rows.flatMap((row) => (row.kind === "person" ? [[row.id, row.parentId]] : [])));
  for (let at = parents.get(below); at; at = parents.get(at)) if (at === id) return true;
  return false;
}

const elementOf = (list: HTMLElement | null, key: string) =>
  list?.querySelector<HTMLElement>(`[data-node="${CSS.escape(key)}"]`) ?? null;

/** Collects letters that are typed within half a second of each other. */
function useTyping() {
  const typed = useRef({ text: "", at: 0 });
  return (key: string): string | null => {
    if ([...key].length !== 1 || key === " ") return null;
    const now = performance.now();
    const again = now - typed.current.at < 500 ? typed.current.text : "";
    typed.current = { text: again === key ? key : again + key, at: now };
    return typed.current.text;
  };
}
