"use client";
import type { Total } from "@/lib/lists/pagination";
import { formatFigure } from "./figure-words";
import { useReading } from "./reading";

/** A number that stands for itself, in the form that the reader has chosen. */
export function Figure({ value }: { value: number }) {
  return formatFigure(value, useReading().form);
}

/** "208", "about 998,000", "more than 10,000". */
export function TotalFigure({ total: { value, kind } }: { total: Total }) {
  return (
    <>
      {{ exact: "", about: "about ", over: "more than " }[kind]}
      <Figure value={value} />
    </>
  );
}
