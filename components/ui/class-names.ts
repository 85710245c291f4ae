import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["ui"],
      shadow: ["lift-1", "lift-2", "lift-3"],
      spacing: ["control", "control-s", "control-l", "field"],
      animate: ["turn", "appear", "rise", "sheet", "slide", "leave", "late"],
    },
  },
});

/** Joins class names; of two that set the same property the later one stays. */
export function cn(...values: ClassValue[]): string {
  return merge(clsx(values));
}
