"use client";
import { LoaderCircle } from "lucide-react";
import { type CSSProperties, type MouseEvent, useId } from "react";
import { hueOf, initialsOf } from "@/components/ui/avatar";
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

/** One person. The link on the name covers the row; the arrow lies above it. Both are reached by arrows, not by Tab. Looks: `tree-nodes.css`. */
export function PersonNode({ nodeKey, tabbed, busy, person, shown, toggleHref, onToggle }: PersonNodeProps) {
  const { id, name, role, status, expanded, picture } = person;
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
      aria-labelledby={`name-${id} facts-${id}`}
      style={guidesOf(person.level)}
    >
      <Arrow href={toggleHref} open={expanded === true} busy={busy} name={name} onToggle={onToggle} />
      <span
        aria-hidden
        className="face"
        data-initials={picture ? undefined : initialsOf(name)}
        style={{ "--hue": hueOf(id) } as CSSProperties}
      >
        {picture && (
          // biome-ignore lint/performance/noImgElement: it has its final size, and Next's own optimiser is off
          <img src={picture} alt="" />
        )}
      </span>
      <span className="who">
        <a id={`name-${id}`} href={person.href} tabIndex={-1} title={name}>
          {name}
        </a>{" "}
        <span id={`facts-${id}`}>
          <span>{role}</span> {status !== "active" && <UserStatus status={status} />} <Reach person={person} />
        </span>
      </span>
    </div>
  );
}

type BranchEndProps = NodeProps & { end: ChartMore; href: string; onOpen: () => void };

/** Comes after the last person of a branch that continues. */
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
      style={guidesOf(end.level)}
    >
      <span className="arrow">{busy && <LoaderCircle aria-hidden className="animate-turn text-icon" />}</span>
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

/** A link, so that it works without script; `aria-expanded` of the item says what it does. */
function Arrow({ href, open, busy, name, onToggle }: ArrowProps) {
  if (!href) return <span className="arrow" />;
  return (
    <a
      href={href}
      data-keeps-scroll=""
      data-replaces=""
      tabIndex={-1}
      aria-label={`${open ? "Collapse" : "Expand"} ${name}`}
      onClick={(event) => follow(event, onToggle)}
      className="arrow"
    >
      {busy && <LoaderCircle aria-hidden className="animate-turn" />}
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

/** A line for each of those above. */
const guidesOf = (level: number) => (level > 1 ? ({ "--above": level - 1 } as CSSProperties) : undefined);

/** How many report to somebody, as a link to them; reached by the pointer, as the arrow is. */
function Reach({ person: { id, direct, below } }: { person: ChartPerson }) {
  if (direct.value === 0) return null;
  return (
    <span className="reach">
      <a href={`/admin/users?manager=${id}`} tabIndex={-1} className="link">
        {counted(direct, "direct report", "direct reports")}
      </a>
      {(below.value > direct.value || below.kind !== "exact") && `, ${formatTotal(below)} in all`}
    </span>
  );
}
