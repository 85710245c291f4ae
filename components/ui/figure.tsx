"use client";
import { formatFigure } from "./figure-words";
import { useReading } from "./reading";

/** A number by itself, in the reader's format. */
export function Figure({ value }: { value: number }) {
  return formatFigure(value, useReading().form);
}
