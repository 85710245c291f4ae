import { cn } from "@/components/ui/class-names";
import { type Tab, TabsNav } from "@/components/ui/tabs-nav";
import type { AnyList } from "@/lib/lists/declare-list";
import { withQuery } from "@/lib/lists/search-params";
import type { ListedView, OpenViews } from "@/lib/views/open";
import { MoreViews } from "./more-views";

/** How many saved views are shown beside each other; the others are one press away. */
const most = 6;

interface ViewTabsProps {
  list: AnyList;
  views: OpenViews;
  /** The parts of the list that are always there; without, there is all of it. */
  fixed?: Tab[];
  className?: string;
}

/** The views of a list: what is always there, one's own, and those that everybody has (B5). */
export function ViewTabs({ list, views: { all, current }, fixed, className }: ViewTabsProps) {
  if (!fixed && all.length === 0) return null;
  const [shown, others] = split(all, current?.id);
  const parts = fixed ?? [{ href: list.path, label: "All", current: true }];
  const tabOf = (view: ListedView, at: number): Tab => ({
    href: viewHref(list, view),
    label: view.name,
    title: view.shared ? `${view.name}, shared with everybody` : view.name,
    current: view.id === current?.id,
    apart: shown[at - 1]?.shared !== view.shared,
    ...(view.id === current?.id && current.edited && { count: "Edited" }),
  });
  const partOf = (part: Tab, at: number): Tab => ({
    ...part,
    ...(current && { current: false }),
    pinned: at === 0 && all.length > 0,
  });
  return (
    <TabsNav
      label="Views"
      tabs={[...parts.map(partOf), ...shown.map(tabOf)]}
      more={others.length > 0 && <MoreViews views={others.map((view) => ({ ...view, href: viewHref(list, view) }))} />}
      className={cn(all.length > 0 && "overflow-x-auto", className)}
    />
  );
}

const viewHref = (list: AnyList, { id }: ListedView) => withQuery(list.path, [["view", id]]);

/** The first few, with the current one among them. */
function split(all: ListedView[], current: string | undefined): [shown: ListedView[], others: ListedView[]] {
  if (all.length <= most) return [all, []];
  const first = all.slice(0, most);
  const shown = first.some(({ id }) => id === current)
    ? first
    : all.filter(({ id }, at) => at < most - 1 || id === current);
  return [shown, all.filter((view) => !shown.includes(view))];
}
