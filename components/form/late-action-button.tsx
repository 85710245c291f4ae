"use client";
import { type ReactNode, useId, useState } from "react";
import { useReadOnly } from "@/components/form/read-only";
import { Button, type ButtonProps, described } from "@/components/ui/button";

/** What the button shows of what it does. */
interface Shown {
  busy: boolean;
  /** The last refusal, until the next press. */
  message: string | null;
}

/** A button that was pressed to do something; `press` tells one press from the next. */
export interface PressedAction {
  button: HTMLElement;
  press: number;
  show: (shown: Shown) => void;
}

export type LateActionButtonProps = Omit<ButtonProps, "onClick" | "onPointerEnter" | "onFocus" | "type"> & {
  /** What it does, once the button was pressed: an `ActionHandler`. */
  handler: (pressed: PressedAction) => ReactNode;
  /** Fetches that, as soon as somebody is near the button. */
  fetchHandler: () => Promise<unknown>;
};

/** What a button asks before it acts. A handler that asks fetches it too: a key that follows at once would otherwise reach the page. */
export const fetchQuestion = () => import("@/components/ui/confirm-dialog");

/** A button whose question and action are fetched as a whole, as the menu of a `LateMenuButton` is. */
export function LateActionButton({ handler, fetchHandler, ...rest }: LateActionButtonProps) {
  const [pressed, setPressed] = useState<PressedAction | null>(null);
  const [{ busy, message }, show] = useState<Shown>({ busy: false, message: null });
  const errorId = useId();
  const readOnly = useReadOnly();
  const near = () => void fetchHandler().catch(() => {});
  return (
    <>
      <Button
        {...rest}
        reason={rest.reason ?? readOnly}
        aria-busy={busy || undefined}
        {...(message && described(rest["aria-description"], message, errorId))}
        onPointerEnter={near}
        onFocus={near}
        onClick={({ detail, currentTarget: button }) => {
          // The second click of a double click is not another request, whatever is there by then.
          if (detail <= 1) setPressed((last) => ({ button, press: (last?.press ?? 0) + 1, show }));
        }}
      />
      {message && (
        <span id={errorId} className="text-xs text-danger">
          {message}
        </span>
      )}
      {pressed && handler(pressed)}
    </>
  );
}
