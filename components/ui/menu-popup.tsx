"use client";
import { Check } from "lucide-react";
import { Menu as Radix } from "radix-ui/internal";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { cn } from "./class-names";
import type { MenuItemProps, MenuRadioProps } from "./menu";
import { menuItemLook, popLook } from "./pop-look";

export interface MenuPopupProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The button that it belongs to: it is beside it, is named by it, and gives the focus back to it. */
  anchor: HTMLElement;
  /** Opened with a key, so that its first item has the focus. */
  byKey: boolean;
  align?: "start" | "end";
  onCloseAutoFocus?: ((event: Event) => void) | undefined;
  children: ReactNode;
}

/** What a menu is once it is used; `menu.tsx` loads it. Not modal: the page behind stays readable and may scroll. */
export function MenuPopup(props: MenuPopupProps) {
  const { open, onOpenChange, anchor, byKey, align = "end", onCloseAutoFocus, children } = props;
  const content = useRef<HTMLDivElement>(null);
  const outside = useRef(false);
  useEffect(() => {
    if (!open || !byKey) return;
    const frame = requestAnimationFrame(() =>
      content.current?.querySelector<HTMLElement>("[role^=menuitem]:not([data-disabled])")?.focus(),
    );
    return () => cancelAnimationFrame(frame);
  }, [open, byKey]);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Radix.Anchor virtualRef={{ current: anchor }} />
      <Radix.Portal>
        <Radix.Content
          ref={content}
          aria-label={anchor.getAttribute("aria-label") ?? anchor.textContent ?? undefined}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onInteractOutside={(event) => {
            // The button itself closes it.
            if (event.target instanceof Node && anchor.contains(event.target)) event.preventDefault();
            else outside.current = true;
          }}
          onCloseAutoFocus={(event) => {
            onCloseAutoFocus?.(event);
            // If the menu of another row was opened in the meantime, the focus is there.
            if (!event.defaultPrevented && !outside.current && document.activeElement === document.body) anchor.focus();
            outside.current = false;
            event.preventDefault();
          }}
          className={cn(
            popLook,
            "max-h-(--radix-popper-available-height) min-w-44 max-w-80 origin-(--radix-popper-transform-origin) overflow-auto p-1",
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({ icon, children, href, external, onSelect, danger, reason }: MenuItemProps) {
  const reasonId = useId();
  const look = cn(
    menuItemLook,
    danger && !reason && "text-danger [&>.lucide]:text-danger!",
    reason && "items-start! text-muted [&>.lucide]:mt-0.5",
  );
  const inside = (
    <>
      {icon}
      <span className="min-w-0">
        {children}
        {reason && (
          <span id={reasonId} className="block text-xs text-muted">
            {reason}
          </span>
        )}
      </span>
    </>
  );
  if (reason) {
    return (
      <Radix.Item
        aria-disabled="true"
        aria-describedby={reasonId}
        onSelect={(event) => event.preventDefault()}
        className={look}
      >
        {inside}
      </Radix.Item>
    );
  }
  if (href) {
    return (
      <Radix.Item asChild onSelect={onSelect}>
        <a href={href} rel={external ? "external" : undefined} className={look}>
          {inside}
        </a>
      </Radix.Item>
    );
  }
  return (
    <Radix.Item onSelect={onSelect} className={look}>
      {inside}
    </Radix.Item>
  );
}

export const MenuRadioGroup = Radix.RadioGroup;

export function MenuRadio({ value, icon, children }: MenuRadioProps) {
  return (
    <Radix.RadioItem value={value} className={menuItemLook}>
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      <Radix.ItemIndicator>
        <Check aria-hidden className="text-accent-ink" />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  );
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}
