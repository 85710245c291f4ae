"use client";
import { useEffect } from "react";
import { tellTest } from "@/components/identity-providers/test-channel";

/** Shown where a test has ended: the window that began it shows its outcome as well. */
export function TestTold({ id }: { id: string }) {
  useEffect(() => tellTest(id), [id]);
  return null;
}
