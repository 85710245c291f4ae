"use client";
import dynamic from "next/dynamic";
import { type ComponentType, useEffect } from "react";
import { tellMissing } from "./missing";
import { Waits } from "./waiting";

/**
 * A part of a page that is fetched when somebody presses for it. It shows that it is waited for. Where it cannot be had
 * this is said, and the rest of the page stays, with what is typed into it.
 */
export const late = <Props extends object>(load: () => Promise<ComponentType<Props>>) =>
  dynamic<Props>(() => orMissing(load()), { ssr: false, loading: Waits });

/** What was to be fetched; where it cannot be had, something that says so. */
export const orMissing = <Props extends object>(loaded: Promise<ComponentType<Props>>) =>
  loaded.catch((): ComponentType<Props> => Missing);

/** Each press says so again. */
function Missing(props: object) {
  const open = !("open" in props) || props.open === true;
  const pressed = "pressed" in props && props.pressed;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the button of a menu is pressed again
  useEffect(() => {
    if (open) tellMissing();
  }, [open, pressed]);
  return null;
}
