"use client";
import { useEffect, useRef, useState } from "react";

/** The step of a wizard that is open. Opening one gives the focus to its first field. */
export function useSteps() {
  const [step, setStep] = useState(0);
  const body = useRef<HTMLDivElement>(null);
  const drawn = useRef(step);
  useEffect(() => {
    if (drawn.current === step) return;
    drawn.current = step;
    body.current
      ?.querySelector<HTMLElement>(":scope > fieldset:not([hidden]) :is(input, select, textarea):enabled")
      ?.focus();
  }, [step]);
  return {
    step,
    setStep,
    body,
    /** Whether a step is still open, once the server has answered about it. */
    isOpen: (one: number) => drawn.current === one,
  };
}
