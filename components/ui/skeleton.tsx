import { cn } from "./class-names";

/** A grey bar where a word will be; appears after 200 ms, so that quick answers never flicker. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn("block h-2.5 animate-late rounded-full bg-press", className)} />;
}
