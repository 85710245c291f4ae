"use client";
import type { ChartProps } from "./chart-frame";

/** Apart from `BarChart`, so that its numbers travel and not its elements. */
export function Bars({ points, series, top }: Pick<ChartProps, "points" | "series"> & { top: number }) {
  const height = (value: number) => ({ height: `${(value / top) * 100}%` });
  return (
    <div className="absolute inset-0 flex items-end gap-[3px] max-s:gap-0.5">
      {points.map(({ label, values }) => (
        <span
          key={label}
          title={`${label}: ${values[0]} ${series[0]}, ${values[1]} ${series[1]}`}
          className="mx-auto flex h-full max-w-3.5 min-w-0 flex-1 flex-col justify-end gap-px max-s:max-w-none"
        >
          {values[1] > 0 && <span style={height(values[1])} className="hatched rounded-[1.5px]" />}
          {values[0] > 0 && <span style={height(values[0])} className="rounded-[1.5px] bg-series" />}
        </span>
      ))}
    </div>
  );
}
