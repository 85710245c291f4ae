"use client";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";

const delay = 400;
/** So long the pointer may be on its way from the element to its tip. */
const grace = 120;
const gap = 6;
const edge = 8;

type Shown = { anchor: HTMLElement; text: string };

/**
 * Shows the words of whatever has `data-tip` on hover and focus; an empty one says what `aria-label` says beyond the words that
 * are seen, as in "+2: Auditor, Tester". It is once in the root layout, so that a list with a hundred tips has one layer.
 */
export function TipLayer() {
  const [shown, setShown] = useState<Shown | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    let opening: ReturnType<typeof setTimeout> | undefined;
    let closing: ReturnType<typeof setTimeout> | undefined;
    let current: HTMLElement | null = null;
    let pressed = false;
    const hide = () => {
      clearTimeout(opening);
      clearTimeout(closing);
      current = null;
      setShown(null);
    };
    const show = (anchor: HTMLElement, after: number) => {
      hide();
      current = anchor;
      opening = setTimeout(() => {
        const text = anchor.dataset.tip || anchor.ariaLabel?.replace(`${anchor.textContent}: `, "");
        if (text && anchor.isConnected) setShown({ anchor, text });
      }, after);
    };
    const listeners = {
      pointerover({ target, pointerType }: PointerEvent) {
        if (pointerType === "touch") return;
        const anchor = anchorOf(target);
        if (anchor && anchor !== current) return show(anchor, delay);
        clearTimeout(closing);
        if (!anchor && current && !box.current?.contains(target as Node)) closing = setTimeout(hide, grace);
      },
      pointerdown() {
        pressed = true;
        hide();
      },
      pointerup() {
        pressed = false;
      },
      focusin({ target }: FocusEvent) {
        const anchor = anchorOf(target);
        if (anchor && !pressed) show(anchor, 0);
      },
      focusout({ target }: FocusEvent) {
        if (current && anchorOf(target) === current) hide();
      },
      keydown({ key }: KeyboardEvent) {
        if (key === "Escape") hide();
      },
      click: hide,
      scroll({ target }: Event) {
        if (current && target instanceof Node && target.contains(current)) hide();
      },
    };
    for (const [name, listener] of Object.entries(listeners))
      document.addEventListener(name, listener as EventListener, true);
    return () => {
      hide();
      for (const [name, listener] of Object.entries(listeners))
        document.removeEventListener(name, listener as EventListener, true);
    };
  }, []);

  useLayoutEffect(() => {
    const tip = box.current;
    if (!shown || !tip) return;
    const at = shown.anchor.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    const above = at.top - gap - height;
    const left = at.left + at.width / 2 - width / 2;
    tip.style.left = `${Math.max(edge, Math.min(left, window.innerWidth - edge - width))}px`;
    tip.style.top = `${above >= edge ? above : at.bottom + gap}px`;
    const before = shown.anchor.getAttribute("aria-describedby");
    shown.anchor.setAttribute("aria-describedby", before ? `${before} ${id}` : id);
    return () => {
      if (before) shown.anchor.setAttribute("aria-describedby", before);
      else shown.anchor.removeAttribute("aria-describedby");
    };
  }, [shown, id]);

  return (
    shown && (
      <div
        ref={box}
        id={id}
        role="tooltip"
        className="fixed top-0 left-0 z-60 w-max max-w-72 animate-appear rounded-md bg-ink px-2 py-1 text-xs text-surface shadow-lift-2"
      >
        {shown.text}
      </div>
    )
  );
}

const anchorOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
