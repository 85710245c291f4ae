import { foldText } from "@/lib/normalization/fold";

/** What a key does in a tree, by the tree view pattern of the ARIA Authoring Practices. */
export type TreeItem = {
  key: string;
  parentKey: string | null;
  level: number;
  /** What typing looks for. */
  text: string;
  expanded: boolean | null;
};

export type TreeStep = { focus: string } | { toggle: string } | { activate: string } | null;

/** The step that a key asks for from the item that has the focus; null for keys that are the browser's. */
export function stepFor(items: TreeItem[], current: string, key: string): TreeStep {
  const index = items.findIndex((item) => item.key === current);
  const item = items[index];
  if (!item) return null;
  const focus = (found: TreeItem | undefined): TreeStep => ({ focus: found?.key ?? current });
  switch (key) {
    case "ArrowDown":
      return focus(items[index + 1]);
    case "ArrowUp":
      return focus(items[index - 1]);
    case "Home":
      return focus(items[0]);
    case "End":
      return focus(items.at(-1));
    case "ArrowRight":
      if (item.expanded === null) return { focus: current };
      return item.expanded ? focus(childOf(items, index)) : { toggle: current };
    case "ArrowLeft":
      if (item.expanded) return { toggle: current };
      return focus(items.find((other) => other.key === item.parentKey));
    case "Enter":
      return { activate: current };
    case " ":
      return item.expanded === null ? { activate: current } : { toggle: current };
    default:
      return null;
  }
}

const childOf = (items: TreeItem[], index: number) => {
  const next = items[index + 1];
  return next && next.parentKey === items[index]?.key ? next : undefined;
};

/** The next item whose text begins with what was typed; the same letter again continues from the current one. */
export function typedTo(items: TreeItem[], current: string, typed: string): string | null {
  const wanted = foldText(typed);
  const from = items.findIndex((item) => item.key === current);
  const start = wanted.length > 1 ? from : from + 1;
  const ordered = [...items.slice(start), ...items.slice(0, start)];
  return ordered.find((item) => foldText(item.text).startsWith(wanted))?.key ?? null;
}
