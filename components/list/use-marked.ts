"use client";
import { useState } from "react";

/** The rows of a page that are chosen, for something that is done to several at once. */
export function useMarked<Row extends { id: string }>(rows: Row[]) {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const mark = (ids: string[], on: boolean) =>
    setMarked((before) => new Set(on ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))));
  return { chosen: rows.filter(({ id }) => marked.has(id)), mark };
}
