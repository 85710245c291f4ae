"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useSyncExternalStore } from "react";

/** What was seen last in this tab: the query of each list, and from which list a thing was opened; "" where that is the list itself. */
type Seen = { queries: Record<string, string>; opened: { thing: string; list: string } | null };

const key = "gatehouse.lists";
const watchers = new Set<() => void>();
let seen: Seen | null = null;

/** Keeps, for the way back, how each list was left. Once, in the frame; `lists`: their paths. */
export function useListAddresses(lists: readonly string[]): void {
  const path = usePathname();
  const query = useSearchParams().toString();
  useEffect(() => {
    const { queries, opened } = read();
    if (lists.includes(path))
      return keep({ queries: { ...queries, [path]: query }, opened: { thing: "", list: path } });
    const thing = thingOf(path);
    if (opened?.thing === "") return keep({ queries, opened: { thing, list: opened.list } });
    // A page that was loaded again, as in a tab of its own: the browser says from where it was opened.
    const referrer = opened === null && URL.canParse(document.referrer) ? new URL(document.referrer) : null;
    if (referrer?.origin === location.origin && lists.includes(referrer.pathname))
      return keep({
        queries: { ...queries, [referrer.pathname]: referrer.search.slice(1) },
        opened: { thing, list: referrer.pathname },
      });
    if (opened?.thing !== thing) keep({ queries, opened: { thing, list: "" } });
  }, [lists, path, query]);
}

/** A list as it was left, by its path. */
export const listAddress = (path: string): string => {
  const query = read().queries[path];
  return query ? `${path}?${query}` : path;
};

/** The same for a link; on the server, and while the page begins to listen, the list from its beginning. */
export const useListAddress = (path: string): string =>
  useSyncExternalStore(
    watch,
    () => listAddress(path),
    () => path,
  );

/** The path of the list from which the current page was opened; empty where that was none. */
export function useListBefore(): string {
  const thing = thingOf(usePathname());
  return useSyncExternalStore(
    watch,
    () => {
      const { opened } = read();
      return opened && (opened.thing === thing || opened.thing === "") ? opened.list : "";
    },
    () => "",
  );
}

/** "/admin/users/1" of all tabs of one user. */
const thingOf = (path: string) => path.split("/").slice(0, 4).join("/");

function watch(changed: () => void) {
  watchers.add(changed);
  return () => void watchers.delete(changed);
}

function read(): Seen {
  seen ??= stored();
  return seen;
}

function keep(next: Seen) {
  seen = next;
  try {
    sessionStorage.setItem(key, JSON.stringify(next));
  } catch {
    // A full or forbidden store: the way back is kept until the tab is loaded again.
  }
  for (const changed of watchers) changed();
}

/** What the page before left; whether that page led here, only the browser knows. */
function stored(): Seen {
  try {
    const { queries, opened } = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    return { queries: queries ?? {}, opened: opened?.thing ? opened : null };
  } catch {
    return { queries: {}, opened: null };
  }
}
