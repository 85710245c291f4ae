import { LoaderCircle } from "lucide-react";
import { type ComponentProps, useId } from "react";
import { cn } from "./class-names";

const always =
  "inline-flex flex-none items-center justify-center gap-1.5 rounded-md border text-ui font-medium whitespace-nowrap select-none transition-colors [&>.lucide]:-ml-0.5 aria-busy:cursor-progress aria-busy:[&>.lucide:not(.animate-turn)]:hidden aria-disabled:border-line aria-disabled:bg-sunken aria-disabled:text-muted aria-disabled:shadow-none disabled:border-line disabled:bg-sunken disabled:text-muted disabled:shadow-none";

const variants = {
  default:
    "border-line-strong bg-raised text-ink shadow-lift-1 hover:bg-hover aria-expanded:bg-hover [&>.lucide]:text-icon",
  primary: "border-transparent bg-accent text-accent-on shadow-lift-1 hover:bg-accent-hover",
  danger: "border-transparent bg-danger-fill text-accent-on shadow-lift-1 hover:brightness-95",
  quiet:
    "border-transparent text-ink-2 hover:bg-press aria-expanded:bg-press aria-disabled:bg-transparent disabled:bg-transparent [&>.lucide]:text-icon",
  "quiet-danger": "border-transparent text-danger hover:bg-press",
};

const sizes = {
  default: "h-control px-3",
  s: "h-control-s px-2.5",
  l: "h-control-l w-full px-4 text-sm",
  icon: "size-control [&>.lucide]:m-0",
  "icon-s": "size-control-s [&>.lucide]:m-0",
};

const wrapping = "h-auto min-w-0 shrink whitespace-normal wrap-anywhere [&>.lucide]:flex-none";
const leastHeights: Partial<Record<keyof typeof sizes, string>> = {
  default: "min-h-control py-1",
  l: "min-h-control-l py-2",
};

interface Look {
  variant?: keyof typeof variants | undefined;
  size?: keyof typeof sizes | undefined;
  /** Where a name stands on it that may be long. */
  wraps?: boolean | undefined;
}

export const buttonLook = ({ variant = "default", size = "default", wraps = false }: Look = {}) =>
  cn(always, variants[variant], sizes[size], wraps && [wrapping, leastHeights[size]]);

interface Reasoned {
  /** Why it is off; when set, the button cannot be pressed but stays focusable. */
  reason?: string | undefined;
  /** Shows the reason as text beside the button; otherwise only described and in the title. */
  showReason?: boolean;
}

export type ButtonProps = ComponentProps<"button"> & Look & Reasoned;

/** While `aria-busy`, it shows that the press counted. */
export function Button({ variant, size, wraps, reason, showReason, className, type = "button", ...rest }: ButtonProps) {
  const reasonId = useId();
  const look = cn(buttonLook({ variant, size, wraps }), className);
  if (reason) {
    const { onClick: _onClick, formAction: _formAction, ...inert } = rest;
    return (
      <>
        <button
          {...inert}
          type="button"
          aria-disabled="true"
          {...described(rest["aria-description"], reason, reasonId)}
          title={showReason ? undefined : reason}
          className={look}
        />
        <Reason id={reasonId} text={reason} shown={showReason} />
      </>
    );
  }
  return (
    <button {...rest} type={type} className={look}>
      {rest["aria-busy"] && <LoaderCircle aria-hidden className="animate-turn" />}
      {rest.children}
    </button>
  );
}

export type LinkButtonProps = ComponentProps<"a"> & Look & Reasoned;

export function LinkButton({ variant, size, wraps, reason, showReason, className, ...rest }: LinkButtonProps) {
  const reasonId = useId();
  const look = cn(buttonLook({ variant, size, wraps }), className);
  if (!reason) return <a {...rest} className={look} />;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a link that is off has no address, and must still be found */}
      <span
        role="link"
        tabIndex={0}
        aria-disabled="true"
        {...described(rest["aria-description"], reason, reasonId)}
        aria-label={rest["aria-label"]}
        title={showReason ? undefined : reason}
        className={look}
      >
        {rest.children}
      </span>
      <Reason id={reasonId} text={reason} shown={showReason} />
    </>
  );
}

/** An element's text as a description. `aria-describedby` silences `aria-description`, so where both are wanted they are one. */
export const described = (about: string | undefined, text: string, id: string) =>
  about ? { "aria-description": `${about}. ${text}` } : { "aria-describedby": id };

function Reason({ id, text, shown }: { id: string; text: string; shown: boolean | undefined }) {
  return (
    <span id={id} className={shown ? "text-xs text-muted" : "sr-only"}>
      {text}
    </span>
  );
}
