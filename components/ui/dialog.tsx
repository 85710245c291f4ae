"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ComponentProps, createContext, type ReactNode, type RefObject, useContext, useRef } from "react";
import { Button } from "./button";
import { cn } from "./class-names";
import { focusFirstField, useReturnFocus } from "./focus";
import { leaving } from "./unsaved";

export const scrimLook =
  "fixed inset-0 z-40 grid place-items-center overflow-hidden bg-scrim p-6 data-[state=open]:animate-appear data-[state=closed]:animate-leave max-s:place-items-end max-s:p-0";
export const dialogLook =
  "flex max-h-[calc(100dvh-48px)] w-full flex-col overflow-hidden rounded-xl bg-raised text-ink shadow-lift-3 ring-1 ring-line outline-none data-[state=open]:animate-rise data-[state=closed]:animate-leave max-s:max-h-[calc(100dvh-28px)] max-s:max-w-none max-s:rounded-t-2xl max-s:rounded-b-none max-s:data-[state=open]:animate-sheet";

const widths = { s: "max-w-[440px]", default: "max-w-[560px]", l: "max-w-[720px]", xl: "max-w-[960px]" };

const Frame = createContext<RefObject<HTMLDivElement | null>>({ current: null });

/** Closing it asks first when edits inside it are unsaved. */
export function Dialog({ onOpenChange, ...rest }: ComponentProps<typeof Radix.Root>) {
  const frame = useRef<HTMLDivElement>(null);
  const change = (open: boolean) => onOpenChange?.(open);
  return (
    <Frame value={frame}>
      <Radix.Root
        {...rest}
        onOpenChange={(open) => (open || !frame.current ? change(open) : leaving(() => change(false), frame.current))}
      />
    </Frame>
  );
}

export const DialogClose = Radix.Close;

interface DialogContentProps {
  title: ReactNode;
  description?: ReactNode;
  size?: keyof typeof widths;
  /** While set, Escape and the scrim do not close it, and there is no cross. */
  locked?: boolean;
  className?: string;
  children: ReactNode;
  /** To send the focus elsewhere than to the first field, with `preventDefault`. */
  onOpenAutoFocus?: (event: Event) => void;
  /** To send the focus elsewhere than to where it was before, with `preventDefault`. */
  onCloseAutoFocus?: (event: Event) => void;
  /** Escape while `locked`. */
  onLockedEscape?: () => void;
}

export function DialogContent(props: DialogContentProps) {
  const { title, description, size = "default", locked, className, children } = props;
  const { onOpenAutoFocus, onCloseAutoFocus, onLockedEscape } = props;
  const focus = useReturnFocus();
  const keepOpen = (event: Event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (locked || target?.closest("[data-sonner-toaster]")) event.preventDefault();
  };
  return (
    <Radix.Portal>
      <Radix.Overlay className={scrimLook}>
        <Radix.Content
          ref={useContext(Frame)}
          data-raised=""
          className={cn(dialogLook, widths[size], className)}
          onEscapeKeyDown={(event) => {
            keepOpen(event);
            if (locked) onLockedEscape?.();
          }}
          onInteractOutside={keepOpen}
          onOpenAutoFocus={(event) => {
            focus.remember();
            onOpenAutoFocus?.(event);
            if (!event.defaultPrevented) focusFirstField(event);
          }}
          onCloseAutoFocus={(event) => {
            onCloseAutoFocus?.(event);
            focus.giveBack(event);
          }}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <header className="flex items-start gap-3 px-6 pt-5 max-s:px-4 max-s:pt-4">
            <div className="min-h-7 min-w-0 coarse:min-h-8">
              <Radix.Title className="text-base font-semibold tracking-[-0.012em] wrap-break-word">{title}</Radix.Title>
              {description && (
                <Radix.Description className="mt-0.5 text-ui/[19px] text-muted">{description}</Radix.Description>
              )}
            </div>
            {!locked && (
              <Radix.Close asChild>
                <Button variant="quiet" size="icon" aria-label="Close" className="-mt-1 -mr-2 ml-auto">
                  <X aria-hidden />
                </Button>
              </Radix.Close>
            )}
          </header>
          {children}
        </Radix.Content>
      </Radix.Overlay>
    </Radix.Portal>
  );
}

/** What scrolls between title and foot. */
export function DialogBody({ className, ...rest }: ComponentProps<"div">) {
  return (
    <div
      {...rest}
      className={cn(
        "grid min-h-0 grid-cols-[minmax(0,1fr)] content-start gap-[18px] overflow-auto wrap-break-word px-6 pt-[18px] pb-5 max-s:gap-3.5 max-s:px-4 max-s:pt-3.5",
        className,
      )}
    />
  );
}

/** Buttons at the right; `aside` is at the left (a sentence, a Back button). */
export function DialogFooter({
  aside,
  className,
  children,
  ...rest
}: ComponentProps<"footer"> & { aside?: ReactNode }) {
  return (
    <footer
      {...rest}
      className={cn(
        "flex items-center gap-2 border-t border-line px-6 py-3 max-s:flex-wrap max-s:px-4 max-s:pb-4",
        className,
      )}
    >
      {aside && <div className="min-w-0 text-ui text-muted">{aside}</div>}
      <div className="ml-auto flex min-w-0 flex-wrap items-center justify-end gap-2 [&>[data-reason]]:-order-1 max-s:w-full max-s:[&>a]:min-h-11 max-s:[&>a]:flex-1 max-s:[&>button]:min-h-11 max-s:[&>button]:flex-1 max-s:[&>button]:text-sm">
        {children}
      </div>
    </footer>
  );
}
