"use client";
import { formatFigure } from "./figure-words";
import { useReading } from "./reading";

/** A number that stands for itself, in the form that the reader has chosen. */
export function Figure({ value }: { value: number }) {
  return formatFigure(value, useReading().form);
}
