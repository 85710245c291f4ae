"use client";
import { CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useEffect } from "react";
import { Toaster as Sonner, toast, useSonner } from "sonner";
import "sonner/dist/styles.css";
import { useClearOfFeet } from "./clear-of-feet";
import { hearToasts, type Told } from "./toast";

const button =
  "ml-auto flex h-control-s flex-none items-center rounded-md px-2.5 text-ui font-medium text-ink-2 hover:bg-press";

const listOfToasts = () => document.querySelector("[data-sonner-toaster]");

/**
 * A toast takes the place of the last one about the same thing, or else of the last of its kind: only those with something
 * to undo are beside each other.
 */
function replaceToast(
  last: Map<string, string | number>,
  { kind, words, options: { about = kind, ...options } = {} }: Told,
) {
  const earlier = last.get(about);
  if (earlier !== undefined) toast.dismiss(earlier);
  last.set(about, toast[kind](words, options));
}

/** Toasts stay for 8 s, or longer with something to undo, kept by hover and focus, and never lie over the foot of a form. */
export function ToastList() {
  const bottom = useClearOfFeet(listOfToasts, useSonner().toasts.length > 0);
  useEffect(() => {
    const last = new Map<string, string | number>();
    return hearToasts((told) => replaceToast(last, told));
  }, []);
  return (
    <Sonner
      position="bottom-right"
      offset={{ bottom }}
      mobileOffset={{ bottom }}
      duration={8000}
      gap={8}
      icons={{
        success: <CircleCheck aria-hidden className="text-positive-mark" />,
        error: <TriangleAlert aria-hidden className="text-danger" />,
        info: <Info aria-hidden className="text-icon" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-(--width) items-center gap-2.5 rounded-lg border border-line-strong bg-raised p-2 pl-3 font-sans text-ui text-ink shadow-lift-2",
          content: "min-w-0 flex-1 py-1",
          description: "text-xs text-muted",
          actionButton: button,
          cancelButton: button,
          closeButton: "hidden",
        },
      }}
    />
  );
}
