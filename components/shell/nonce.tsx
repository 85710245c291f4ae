"use client";
import { getNonce, setNonce } from "get-nonce";

/**
 * Lets the style element that holds the page still under a dialog pass the content security policy.
 * The first value stays: after a refresh the server names another, but the page keeps the policy it came with.
 */
export function Nonce({ value }: { value: string }) {
  if (typeof window !== "undefined" && !getNonce()) setNonce(value);
  return null;
}
