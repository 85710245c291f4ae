"use client";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import type { Pairs } from "@/lib/lists/search-params";
import { QueryLink } from "./query-link";

/** Leaves sign-ins and sign-outs out of the log, and takes them in again. */
export function SignInsSwitch({ path, query }: { path: string; query: Pairs }) {
  const hidden = query.some(([name]) => name === "signIns");
  return (
    <QueryLink path={path} query={query} change={{ signIns: hidden ? [] : ["hidden"] }} current={hidden}>
      <SpriteIcon name="log-in" />
      {hidden ? "Show sign-ins" : "Hide sign-ins"}
    </QueryLink>
  );
}
