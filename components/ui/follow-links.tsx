"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { clickedLink } from "./clicked-link";
import { isPlaceOnPage } from "./place-on-page";

/**
 * Follows the links of every page without loading the console again. It is once in the root layout, so that a link is a plain
 * `<a>`: nothing travels for it, and it works without script. `data-keeps-scroll` leaves the page where it is, `data-replaces` adds
 * no entry to the history; `rel="external"` is for what is no page of ours, such as a file.
 */
export function FollowLinks() {
  const router = useRouter();
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = event.defaultPrevented ? null : clickedLink(event);
      if (!link || link.origin !== location.origin || link.rel.includes("external") || isPlaceOnPage(link)) return;
      event.preventDefault();
      // The page that comes may keep it, as a list keeps the menu of its views.
      link.closest<HTMLElement>("[popover]")?.hidePopover();
      const go = link.dataset.replaces === undefined ? router.push : router.replace;
      go(link.href, { scroll: link.dataset.keepsScroll === undefined });
    };
    // On the window: React hears clicks at the document, and its handlers may have prevented this one.
    window.addEventListener("click", onClick);
    return () => window.removeEventListener("click", onClick);
  }, [router]);
  return null;
}
