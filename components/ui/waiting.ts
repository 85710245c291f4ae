"use client";
import { useEffect, useSyncExternalStore } from "react";

/** What is under way because somebody pressed something: actions, pages, and parts of a page that are fetched first. */

let under = 0;
const hearers = new Set<() => void>();

function change(by: 1 | -1) {
  under += by;
  for (const hear of hearers) hear();
}

function hear(hearer: () => void) {
  hearers.add(hearer);
  return () => void hearers.delete(hearer);
}

/** Shows that it is waited for, until it is settled. */
export async function waitFor<T>(answer: Promise<T>): Promise<T> {
  change(1);
  try {
    return await answer;
  } finally {
    change(-1);
  }
}

/** Replaces what is being fetched or sent, and shows that it is waited for. */
export function Waits() {
  useEffect(() => {
    change(1);
    return () => change(-1);
  }, []);
  return null;
}

export const useWaiting = () =>
  useSyncExternalStore(
    hear,
    () => under > 0,
    () => false,
  );
