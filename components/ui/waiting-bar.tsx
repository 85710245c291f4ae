"use client";
import { useEffect, useRef, useState, useTransition } from "react";
import { hearGoing } from "./going";
import { useWaiting } from "./waiting";

/** In a list: it shows that other rows of it are on their way. */
const lists = "[data-list]";

/**
 * A line along the upper edge while anything is waited for that somebody pressed. A page that comes is one transition with
 * the update made here, in the same event, so that this is over when the page is shown.
 */
export function WaitingBar() {
  const [going, startTransition] = useTransition();
  const [, setBegun] = useState(0);
  const waiting = useWaiting();
  // No state: this is set within the router's own transition, which would hold it back.
  const stays = useRef(false);

  useEffect(
    () =>
      hearGoing((address) => {
        stays.current = new URL(address, location.href).pathname === location.pathname;
        startTransition(() => setBegun((times) => times + 1));
      }),
    [],
  );
  useEffect(() => {
    if (!going || !stays.current) return;
    const waits = [...document.querySelectorAll(lists)];
    for (const list of waits) list.ariaBusy = "true";
    return () => {
      for (const list of waits) list.ariaBusy = null;
    };
  }, [going]);

  if (!going && !waiting) return null;
  return (
    <div role="status">
      <div role="progressbar" aria-label="Loading" data-print="hide" className="waiting">
        <span />
      </div>
    </div>
  );
}
