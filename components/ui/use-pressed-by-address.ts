"use client";
import { useEffect } from "react";

/**
 * Presses the button of this id once the address ends with it, so that a link leads straight to the dialog that it opens. The
 * address is left without it: a reload opens nothing. Only for buttons that ask before they do anything, at the top of a page: their
 * `scroll-mt-80` keeps it at its beginning.
 */
export function usePressedByAddress(id: string): void {
  useEffect(() => {
    const look = () => {
      if (location.hash !== `#${id}`) return;
      history.replaceState(history.state, "", location.pathname + location.search);
      document.getElementById(id)?.click();
    };
    look();
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
  }, [id]);
}
