"use client";
import { ChevronRight, LoaderCircle } from "lucide-react";
import { type MouseEvent, type ReactNode, useId } from "react";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/class-names";
import { UserStatus } from "@/components/users/user-status";
import { counted, formatTotal } from "@/lib/lists/format-total";
import type { ChartMore, ChartPerson } from "@/lib/organisation/chart";

type NodeProps = { nodeKey: string; tabbed: boolean; busy: boolean };
type PersonNodeProps = NodeProps & {
  person: ChartPerson;
  shown: boolean;
  toggleHref: string | null;
  onToggle: () => void;
};

const nodeLook =
  "relative flex min-h-10 items-center border-b border-line pr-3 pl-2 text-ui outline-offset-[-2px] first:rounded-t-[9px] last:rounded-b-[9px] last:border-b-0 hover:bg-hover max-s:min-h-[54px]";

/** One person. The link on the name covers the row; the arrow lies above it. Both are reached by arrows, not by Tab. */
export function PersonNode({ nodeKey, tabbed, busy, person, shown, toggleHref, onToggle }: PersonNodeProps) {
  const id = useId();
  const { name, role, status, expanded } = person;
  return (
    <div
      role="treeitem"
      data-node={nodeKey}
      tabIndex={tabbed ? 0 : -1}
      aria-level={person.level}
      aria-posinset={person.position}
      aria-setsize={person.siblings}
      aria-expanded={expanded ?? undefined}
      aria-selected={shown}
      aria-labelledby={`${id}-name`}
      aria-describedby={`${id}-facts`}
      className={cn(nodeLook, shown && "bg-selected")}
    >
      <Guides level={person.level} />
      <Arrow href={toggleHref} open={expanded === true} busy={busy} name={name} onToggle={onToggle} />
      <Avatar id={person.id} name={name} className="mr-2.5" />
      <span className="flex min-w-0 flex-1 items-center gap-x-3 max-s:flex-col max-s:items-start">
        <a
          id={`${id}-name`}
          href={person.href}
          tabIndex={-1}
          title={name}
          className="max-w-full truncate rounded-sm font-medium text-ink after:absolute after:inset-0"
        >
          {name}
        </a>
        <span
          id={`${id}-facts`}
          className="flex min-w-0 items-center gap-x-3 text-ink-2 s:flex-1 max-s:max-w-full max-s:gap-x-2 max-s:text-xs max-s:text-muted"
        >
          <span className="min-w-0 truncate">{role}</span>
          {status !== "active" && <UserStatus status={status} />}
          <span className="text-xs whitespace-nowrap text-muted tabular-nums s:ml-auto">{reach(person)}</span>
        </span>
      </span>
    </div>
  );
}

type BranchEndProps = NodeProps & { end: ChartMore; href: string; onOpen: () => void };

/** Stands after the last person of a branch that goes on. */
export function BranchEnd({ nodeKey, tabbed, busy, end, href, onOpen }: BranchEndProps) {
  const id = useId();
  const under = end.parentName ? ` under ${end.parentName}` : "";
  return (
    <div
      role="treeitem"
      data-node={nodeKey}
      tabIndex={tabbed ? 0 : -1}
      aria-level={end.level}
      aria-selected={false}
      aria-labelledby={id}
      className={nodeLook}
    >
      <Guides level={end.level} />
      <span className="grid w-7 place-items-center">
        {busy && <LoaderCircle aria-hidden className="animate-turn text-icon" />}
      </span>
      <a
        id={id}
        href={href}
        tabIndex={-1}
        data-keeps-scroll=""
        onClick={(event) => follow(event, onOpen)}
        className="link after:absolute after:inset-0"
      >
        {end.full ? `See the others${under} in User Management` : `Show more${under}`}
      </a>
      <span className="ml-3 text-xs text-muted tabular-nums">
        {end.siblings > 0 ? `${end.shown} of ${end.siblings} shown` : `${end.shown} shown`}
      </span>
    </div>
  );
}

type ArrowProps = { href: string | null; open: boolean; busy: boolean; name: string; onToggle: () => void };

/** A link, so that it works without script; `aria-expanded` of the item tells what it does. */
function Arrow({ href, open, busy, name, onToggle }: ArrowProps) {
  if (!href) return <span className="w-7 flex-none" />;
  return (
    <a
      href={href}
      data-keeps-scroll=""
      data-replaces=""
      tabIndex={-1}
      aria-label={`${open ? "Close" : "Open"} ${name}`}
      onClick={(event) => follow(event, onToggle)}
      className="relative z-10 grid h-8 w-7 flex-none place-items-center rounded-md text-icon hover:bg-press hover:text-ink coarse:h-11"
    >
      {busy ? (
        <LoaderCircle aria-hidden className="animate-turn" />
      ) : (
        <ChevronRight aria-hidden className={cn("transition-transform", open && "rotate-90")} />
      )}
    </a>
  );
}

/** A plain click stays in the page; one that asks for another tab is the browser's. */
function follow(event: MouseEvent, act: () => void) {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  event.currentTarget.closest<HTMLElement>("[data-node]")?.focus({ preventScroll: true });
  act();
}

function Guides({ level }: { level: number }) {
  const lines: ReactNode[] = [];
  for (let step = 1; step < level; step++)
    lines.push(
      <span
        key={step}
        aria-hidden
        className="ml-3.5 w-3 flex-none self-stretch border-l border-line-strong max-s:ml-2 max-s:w-2"
      />,
    );
  return lines;
}

function reach({ direct, below }: ChartPerson): string {
  if (direct.value === 0) return "";
  const reports = counted(direct, "direct report", "direct reports");
  return below.value > direct.value || below.kind !== "exact" ? `${reports}, ${formatTotal(below)} in all` : reports;
}
