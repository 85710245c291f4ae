"use client";
import { type ReactNode, useEffect, useRef } from "react";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { useScripted } from "@/components/ui/use-scripted";
import { useListRow } from "./kept-rows";

/**
 * The buttons of a row: in place from the start, seen on hover and focus, always where there is no hover. Once an action
 * has taken the row from the list, what was done replaces them, and takes the focus from them.
 */
export function RowActions({ children, always }: { children: ReactNode; always?: boolean }) {
  const settled = useListRow()?.settled;
  if (settled) return <Settled>{settled}</Settled>;
  return <div className={always ? "flex justify-end gap-1" : "acts"}>{children}</div>;
}

/**
 * The same where they do nothing without script: they come with the script that makes them work, and the document is smaller by
 * them. In the list of users the row's own link leads where they would.
 */
export function PackedActions({ children }: { children: ReactNode }) {
  const settled = useListRow()?.settled;
  const scripted = useScripted();
  if (settled) return <Settled>{settled}</Settled>;
  return <div className="acts">{scripted && children}</div>;
}

function Settled({ children }: { children: string }) {
  const box = useRef<HTMLDivElement>(null);
  // A menu opened with the pointer may be gone before it gave the focus back to its button: the list knows no place then. A
  // dialog that says what was done has the focus until it closes, and its button is gone with the row's others.
  useEffect(() => {
    const take = () => {
      if (document.activeElement === document.body) box.current?.focus({ preventScroll: true });
    };
    take();
    const dialog = document.activeElement?.closest("[role=dialog], [role=alertdialog]");
    if (!dialog) return;
    const closed = new MutationObserver(() => {
      if (dialog.isConnected || document.querySelector("[role=dialog], [role=alertdialog]")) return;
      closed.disconnect();
      take();
    });
    closed.observe(document.body, { childList: true });
    return () => closed.disconnect();
  }, []);
  return (
    <div ref={box} data-settled="" tabIndex={-1} className="flex justify-end rounded-sm">
      <span className="inline-flex items-center gap-1.5 align-middle text-ui whitespace-nowrap text-muted">
        <SpriteIcon name="circle-check" className="size-3.5 stroke-2" />
        {children}
      </span>
    </div>
  );
}
