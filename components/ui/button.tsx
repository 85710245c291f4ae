import { LoaderCircle } from "lucide-react";
import { type ComponentProps, useId } from "react";
import { cn } from "./class-names";

interface Look {
  variant?: "default" | "primary" | "danger" | "quiet" | "quiet-danger" | "tool" | undefined;
  size?: "default" | "s" | "l" | "icon" | "icon-s" | undefined;
  /** For a name on it that may be long. */
  wraps?: boolean | undefined;
}

/** Looks: `button.css`. */
export const buttonLook = ({ variant = "default", size = "default", wraps = false }: Look = {}) =>
  cn("button", `button-${variant}`, size !== "default" && `button-${size}`, wraps && "button-wraps");

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

/** An element's text as a description. `aria-describedby` silences `aria-description`, so where both are needed they are one. */
export const described = (about: string | undefined, text: string, id: string) =>
  about ? { "aria-description": `${about}. ${text}` } : { "aria-describedby": id };

function Reason({ id, text, shown }: { id: string; text: string; shown: boolean | undefined }) {
  return (
    <span id={id} data-reason={shown ? "" : undefined} className={shown ? "text-xs text-muted" : "sr-only"}>
      {text}
    </span>
  );
}
