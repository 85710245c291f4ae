"use client";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { Figure } from "@/components/ui/figure";

export interface ChartPoint {
  /** Its label: "21 Oct". */
  label: string;
  values: readonly [number, number];
}

export interface ChartProps {
  /** What the picture shows, in a sentence. */
  sentence: string;
  /** Names of the two series. */
  series: readonly [string, string];
  points: ChartPoint[];
  className?: string;
}

interface ChartFrameProps extends ChartProps {
  ticks: number[];
  top: number;
  children: ReactNode;
}

/** Axis, labels and the table behind the picture; values begin at zero. */
export function ChartFrame({ sentence, series, points, className, ticks, top, children }: ChartFrameProps) {
  return (
    <figure className={cn("px-4 pb-3.5", className)}>
      <div className="grid grid-cols-[34px_minmax(0,1fr)]">
        <div aria-hidden className="relative text-2xs text-muted tabular-nums">
          {ticks.map((tick) => (
            <span key={tick} style={{ bottom: `${(tick / top) * 100}%` }} className="absolute left-0 translate-y-1/2">
              <Figure value={tick} />
            </span>
          ))}
        </div>
        <div
          role="img"
          aria-label={sentence}
          className="relative h-[188px] border-b border-line-strong max-s:h-[140px]"
        >
          {ticks
            .filter((tick) => tick > 0)
            .map((tick) => (
              <span
                key={tick}
                style={{ bottom: `${(tick / top) * 100}%` }}
                className="absolute inset-x-0 border-t border-line"
              />
            ))}
          {children}
        </div>
        <div aria-hidden className="col-start-2 flex justify-between pt-1.5 text-2xs text-muted">
          {shownLabels(points).map((label) => (
            <span key={label}>{label}</span>
          ))}
        </div>
      </div>
      <details className="mt-1.5 text-xs">
        <summary className="link inline-block py-1">Show as a table</summary>
        <section
          aria-label={`${series.join(" and ")} as a table`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="mt-1 max-h-64 overflow-auto rounded-md border border-line"
        >
          <table className="w-full tabular-nums">
            <caption className="sr-only">{sentence}</caption>
            <thead className="sticky top-0 bg-canvas text-left text-muted">
              <tr>
                {["Day", ...series].map((head, index) => (
                  <th key={head} scope="col" className={cn("px-2 py-1 font-medium", index > 0 && "text-right")}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {points.map((point) => (
                <tr key={point.label} className="border-t border-line">
                  <th scope="row" className="px-2 py-1 text-left font-normal text-ink-2">
                    {point.label}
                  </th>
                  <td className="px-2 py-1 text-right">
                    <Figure value={point.values[0]} />
                  </td>
                  <td className="px-2 py-1 text-right">
                    <Figure value={point.values[1]} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}

/** At most five labels, the first and the last among them. */
function shownLabels(points: ChartPoint[]): string[] {
  const count = Math.min(points.length, 5);
  const picked = Array.from({ length: count }, (_, index) =>
    Math.round((index * (points.length - 1)) / Math.max(count - 1, 1)),
  );
  return [...new Set(picked)].flatMap((index) => points[index]?.label ?? []);
}

const marks = {
  filled: "size-2.5 rounded-[3px] bg-series",
  hatched: "hatched size-2.5 rounded-[3px]",
  area: "size-2.5 rounded-[3px] bg-positive-mark",
  dashed: "w-3.5 border-t-2 border-dashed border-icon",
};

/** What the marks mean; goes into the head of the panel. */
export function ChartKey({ entries }: { entries: { mark: keyof typeof marks; label: string }[] }) {
  return (
    <ul className="flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-muted">
      {entries.map(({ mark, label }) => (
        <li key={label} className="inline-flex items-center gap-1.5">
          <span aria-hidden className={marks[mark]} />
          {label}
        </li>
      ))}
    </ul>
  );
}
