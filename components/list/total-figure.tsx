"use client";
import { formatFigure } from "@/components/ui/figure-words";
import { useReading } from "@/components/ui/reading";
import { formatTotal } from "@/lib/lists/format-total";
import type { Total } from "@/lib/lists/pagination";

/** A total in the form that the reader has chosen. */
export function TotalFigure({ total }: { total: Total }) {
  const { form } = useReading();
  return formatTotal(total, (value) => formatFigure(value, form));
}
