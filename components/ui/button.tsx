import { LoaderCircle } from "lucide-react";
import { type ComponentProps, useId } from "react";
import { cn } from "./class-names";

const always =
  "inline-flex flex-none items-center justify-center gap-1.5 rounded-md border font-medium select-none transition-colors aria-busy:cursor-progress aria-busy:[&>.lucide:not(.animate-turn)]:hidden aria-disabled:border-line aria-disabled:text-muted aria-disabled:shadow-none disabled:border-line disabled:text-muted disabled:shadow-none";
const sunken = "aria-disabled:bg-sunken disabled:bg-sunken";

const variants = {
  default: `border-line-strong bg-raised text-ink shadow-lift-1 hover:bg-hover aria-expanded:bg-hover [&>.lucide]:text-icon ${sunken}`,
  primary: `border-transparent bg-accent text-accent-on shadow-lift-1 hover:bg-accent-hover ${sunken}`,
  danger: `border-transparent bg-danger-fill text-accent-on shadow-lift-1 hover:brightness-95 ${sunken}`,
  quiet:
    "border-transparent text-ink-2 hover:bg-press aria-expanded:bg-press aria-disabled:bg-transparent disabled:bg-transparent [&>.lucide]:text-icon",
  "quiet-danger": `border-transparent text-danger hover:bg-press ${sunken}`,
};

const sizes = {
  default: "px-3 text-ui [&>.lucide]:-ml-0.5",
  s: "px-2.5 text-ui [&>.lucide]:-ml-0.5",
  l: "w-full px-4 text-sm [&>.lucide]:-ml-0.5",
  icon: "text-ui [&>.lucide]:m-0",
  "icon-s": "text-ui [&>.lucide]:m-0",
};
type Size = keyof typeof sizes;

const heights: Record<Size, string> = {
  default: "h-control",
  s: "h-control-s",
  l: "h-control-l",
  icon: "size-control",
  "icon-s": "size-control-s",
};

const wrapping = "h-auto min-w-0 shrink whitespace-normal wrap-anywhere [&>.lucide]:flex-none";
const leastHeights: Partial<Record<Size, string>> = {
  default: "min-h-control py-1",
  l: "min-h-control-l py-2",
};

interface Look {
  variant?: keyof typeof variants | undefined;
  size?: Size | undefined;
  /** Where a name stands on it that may be long. */
  wraps?: boolean | undefined;
}

export const buttonLook = ({ variant = "default", size = "default", wraps = false }: Look = {}) =>
  cn(
    always,
    variants[variant],
    sizes[size],
    wraps ? [wrapping, leastHeights[size]] : ["whitespace-nowrap", heights[size]],
  );

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
    <span id={id} data-reason={shown ? "" : undefined} className={shown ? "text-xs text-muted" : "sr-only"}>
      {text}
    </span>
  );
}
