"use client";
import { useEffect } from "react";

/** Begins in the field that the address names, as "#role-primary". */
export function useFieldInAddress(): void {
  useEffect(() => document.getElementById(location.hash.slice(1))?.focus(), []);
}
