"use client";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useOptimistic, useRef, useState, useTransition } from "react";
import type { Packed } from "@/components/list/packed";
import { useUnpacked } from "@/components/list/use-unpacked";
import { toChartHref, top } from "@/lib/organisation/address";
import type { Chart, ChartRow } from "@/lib/organisation/chart";
import type { ChartFilters } from "@/lib/organisation/filters";
import { stepFor, type TreeItem, typedTo } from "./tree-keys";
import { BranchEnd, PersonNode } from "./tree-node";

type OrganisationTreeProps = { chart: Packed<Chart>; filters: ChartFilters };

/** The chart as a tree to walk by keyboard. What is open is in the address; each change is asked of the server. */
export function OrganisationTree({ chart: sent, filters }: OrganisationTreeProps) {
  const chart = useUnpacked(sent);
  const router = useRouter();
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(chart.shown);
  const [busy, setBusy] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const [address, setAddress] = useOptimistic<ChartFilters>({ ...filters, open: chart.open });
  const items = chart.rows.map(itemOf);
  const leads = new Map(chart.rows.map((row) => [keyOf(row), leadOf(row, chart, filters, address)]));
  const tabbed = items.some(({ key }) => key === active) ? active : (items[0]?.key ?? null);
  const typing = useTyping();

  useEffect(() => {
    if (!chart.shown) return;
    setActive(chart.shown);
    elementOf(list.current, chart.shown)?.focus({ preventScroll: true });
    elementOf(list.current, chart.shown)?.scrollIntoView({ block: "center" });
  }, [chart.shown]);

  useFocusInPlace(items, active, ({ key }) => elementOf(list.current, key)?.focus());

  function go(key: string, next: ChartFilters) {
    setBusy(key);
    startTransition(() => {
      setAddress(next);
      router.replace(toChartHref(next), { scroll: false });
    });
  }

  function act(key: string, kind: "toggle" | "activate") {
    const row = chart.rows.find((candidate) => keyOf(candidate) === key);
    const lead = leads.get(key);
    if (!row || !lead) return;
    if (lead.next && (kind === "toggle" || row.kind === "more")) go(key, lead.next);
    else router.push(lead.href);
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
      className="tree rounded-lg border border-line"
    >
      {chart.rows.map((row) => {
        const key = keyOf(row);
        const { href = "", next = null } = leads.get(key) ?? {};
        const shared = { nodeKey: key, tabbed: key === tabbed, busy: pending && busy === key };
        return row.kind === "person" ? (
          <PersonNode
            key={key}
            {...shared}
            person={row}
            shown={row.id === chart.shown}
            toggleHref={next && toChartHref(next)}
            onToggle={() => act(key, "toggle")}
          />
        ) : (
          <BranchEnd
            key={key}
            {...shared}
            end={row}
            href={next ? toChartHref(next) : href}
            onOpen={() => act(key, "activate")}
          />
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

/** The page that a row opens, and what its arrow or its "Show more" makes of the address. */
type Lead = { href: string; next: ChartFilters | null };

/** `address` is the one last asked for: what is still on its way is part of it, so that nothing of it is lost. */
function leadOf(row: ChartRow, chart: Chart, filters: ChartFilters, address: ChartFilters): Lead {
  if (row.kind === "more") {
    const parent = row.parentId ?? top;
    const others = address.more.filter((id) => id !== parent);
    const more = [...others, ...filters.more.filter((id) => id === parent), parent];
    const href = `/admin/users${row.parentId ? `?manager=${row.parentId}` : ""}`;
    return { href, next: row.full ? null : { ...address, more } };
  }
  if (row.expanded === null) return { href: row.href, next: null };
  const others = address.open?.filter((id) => id !== row.id) ?? [];
  if (!row.expanded) return { href: row.href, next: { ...address, open: [...others, row.id] } };
  const hides = chart.shown !== null && isAbove(chart.rows, row.id, chart.shown);
  return { href: row.href, next: { ...address, open: others, show: hides ? null : address.show } };
}

function isAbove(rows: ChartRow[], id: string, below: string): boolean {
  const parents = new Map(rows.flatMap((row) => (row.kind === "person" ? [[row.id, row.parentId]] : [])));
  for (let at = parents.get(below); at; at = parents.get(at)) if (at === id) return true;
  return false;
}

const elementOf = (list: HTMLElement | null, key: string) =>
  list?.querySelector<HTMLElement>(`[data-node="${CSS.escape(key)}"]`) ?? null;

/** The last "Show more" of a branch goes with the focus on it: the person in its place gets it then. */
function useFocusInPlace(items: TreeItem[], active: string | null, focus: (item: TreeItem) => void) {
  const place = useRef(0);
  useEffect(() => {
    const at = items.findIndex(({ key }) => key === active);
    const inPlace = items[Math.min(place.current, items.length - 1)];
    if (at >= 0) place.current = at;
    else if (active && inPlace && document.activeElement === document.body) focus(inPlace);
  });
}

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
