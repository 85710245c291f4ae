"use client";
import { Check } from "lucide-react";
import Link from "next/link";
import { DropdownMenu as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./class-names";

export const popLook =
  "z-50 rounded-lg border border-line-strong bg-raised text-ui text-ink shadow-lift-2 outline-none data-[state=open]:animate-rise data-[state=closed]:pointer-events-none data-[state=closed]:animate-leave";
export const menuItemLook =
  "flex min-h-8 w-full items-center gap-2.5 rounded-md px-2 py-1 text-left outline-none select-none data-highlighted:bg-press coarse:min-h-10 [&>.lucide]:text-icon";

/** Not modal: the page behind stays readable and may scroll. */
export function Menu(props: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root modal={false} {...props} />;
}
export const MenuTrigger = Radix.Trigger;

export function MenuContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        align="end"
        sideOffset={4}
        collisionPadding={8}
        {...rest}
        className={cn(
          popLook,
          "max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-80 overflow-auto p-1",
          className,
        )}
      />
    </Radix.Portal>
  );
}

interface MenuItemProps {
  /** An element, as <Ban />: menus are client components, and a function could not be handed down to them. */
  icon?: ReactNode;
  children: ReactNode;
  /** Turns the item into a link. */
  href?: string;
  onSelect?: (event: Event) => void;
  danger?: boolean;
  /** Why it is off; shown under the word, and the item stays reachable. */
  reason?: string | undefined;
}

export function MenuItem({ icon, children, href, onSelect, danger, reason }: MenuItemProps) {
  const reasonId = useId();
  const look = cn(
    menuItemLook,
    danger && "text-danger [&>.lucide]:text-danger",
    reason && "items-start text-muted [&>.lucide]:mt-0.5 [&>.lucide]:text-icon",
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
        <Link href={href} prefetch={false} className={look}>
          {inside}
        </Link>
      </Radix.Item>
    );
  }
  return (
    <Radix.Item onSelect={onSelect} className={look}>
      {inside}
    </Radix.Item>
  );
}

/** One of several; the menu closes when it is chosen. */
export const MenuRadioGroup = Radix.RadioGroup;

export function MenuRadio({ value, icon, children }: { value: string; icon?: ReactNode; children: ReactNode }) {
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
