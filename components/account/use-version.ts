"use client";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import type { Refusal } from "@/components/form/problem";

/** The version that a form was filled with: the page's, or the newer one from a conflict. */
export function useVersion(version: number) {
  const router = useRouter();
  const told = useRef(version);
  return {
    current: () => Math.max(version, told.current),
    /** For `onRefused`: the next "Update" knows what is stored now, and the page shows it. */
    learn: ({ code, details }: Refusal) => {
      if (code === "conflict") told.current = (details as { version?: number } | undefined)?.version ?? told.current;
      if (code === "conflict" || code === "precondition") router.refresh();
      return undefined;
    },
  };
}
