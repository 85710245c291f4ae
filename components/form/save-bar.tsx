"use client";
import { useEffect, useRef } from "react";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { StickyFoot } from "@/components/ui/sticky-foot";

interface SaveBarProps {
  /** How many fields are not as they are stored. The bar is there while there are any. */
  changes: number;
  pending: boolean;
  onDiscard: () => void;
}

/** Saves or discards all that is edited on a page. It comes with the first edit, and lies over none of the fields in its form. */
export function SaveBar(props: SaveBarProps) {
  return props.changes > 0 && <Bar {...props} />;
}

function Bar({ changes, pending, onDiscard }: SaveBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const edited = document.activeElement;
    const form = bar.current?.closest("form");
    if (!(edited instanceof HTMLElement) || !form?.contains(edited)) return;
    const { bottom } = edited.getBoundingClientRect();
    // The bar itself: the element around it has no box.
    const top = bar.current?.firstElementChild?.getBoundingClientRect().top ?? bottom;
    if (bottom > top) window.scrollBy(0, bottom - top + 16);
    // A person who pressed a button of the bar would otherwise lose the focus when it goes.
    return () => {
      if (document.activeElement === document.body) edited.focus({ preventScroll: true });
    };
  }, []);
  return (
    <div ref={bar} className="contents">
      <StickyFoot>
        <span role="status" className="mr-auto text-ui font-medium">
          {changes === 1 ? "1 unsaved change" : `${changes} unsaved changes`}
        </span>
        <Button variant="quiet" reason={pending ? "Wait until it is saved." : undefined} onClick={onDiscard}>
          Discard
        </Button>
        <SubmitButton pending={pending} pendingLabel="Updating">
          Update
        </SubmitButton>
      </StickyFoot>
    </div>
  );
}
