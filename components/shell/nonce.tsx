"use client";
import { setNonce } from "get-nonce";

/** Lets the style element that holds the page still beneath a dialog pass the content security policy. */
export function Nonce({ value }: { value: string }) {
  if (typeof window !== "undefined") setNonce(value);
  return null;
}
