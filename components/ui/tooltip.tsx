"use client";
import { Slot } from "radix-ui";
import type { ReactNode } from "react";

interface TooltipProps {
  text: string;
  /** One element that can be focused. */
  children: ReactNode;
}

/** Shown by `TipLayer` on hover and focus; an addition, never the only place of a word. */
export function Tooltip({ text, children }: TooltipProps) {
  return <Slot.Root data-tip={text}>{children}</Slot.Root>;
}
