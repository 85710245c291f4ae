"use client";
import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

interface TooltipProps {
  text: ReactNode;
  /** One element that can be focused. */
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
}

/** Shown on hover and focus; an addition, never the only place of a word. */
export function Tooltip({ text, children, side = "top" }: TooltipProps) {
  return (
    <Radix.Provider delayDuration={400}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-60 max-w-72 rounded-md bg-ink px-2 py-1 text-xs text-surface shadow-lift-2 data-[state=delayed-open]:animate-appear data-[state=instant-open]:animate-appear"
          >
            {text}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
