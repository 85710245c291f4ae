"use client";
import { useState } from "react";

/** Whether it is open, or was before: what was never opened is not fetched either. */
export function useUsed(open: boolean): boolean {
  const [used, setUsed] = useState(open);
  if (open && !used) setUsed(true);
  return open || used;
}
