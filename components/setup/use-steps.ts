"use client";
import { useEffect, useRef, useState } from "react";

type Entry = { setupStep?: number; setupFrom?: number } | null;

/** The step that is shown. Each has an entry in the history of the browser, whose Back is that of the form, too. */
export function useSteps(first: number) {
  const [step, setStep] = useState(first);
  // An entry of before a reload leads no further than what was entered since.
  const reached = useRef(first);

  useEffect(() => {
    const onMove = ({ state }: PopStateEvent) =>
      setStep(Math.min((state as Entry)?.setupStep ?? first, reached.current));
    window.addEventListener("popstate", onMove);
    return () => window.removeEventListener("popstate", onMove);
  }, [first]);

  function open(next: number) {
    // What Next keeps there stays: without it, its router would load the page again.
    window.history.pushState({ ...window.history.state, setupStep: next, setupFrom: step }, "");
    reached.current = Math.max(reached.current, next);
    setStep(next);
  }

  return {
    step,
    open,
    back: () => {
      const entry = window.history.state as Entry;
      if (entry?.setupStep === step && entry.setupFrom === step - 1) window.history.back();
      else open(step - 1);
    },
  };
}
