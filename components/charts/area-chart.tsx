import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import { ChartFrame, type ChartPoint, type ChartProps } from "./chart-frame";

/** The first series as an area, the second as a dashed line. Its key: `area` and `dashed`. */
export function AreaChart(props: ChartProps) {
  const { points } = props;
  const highest = Math.max(1, ...points.flatMap(({ values }) => values));
  const y = scaleLinear([0, highest], [100, 0]).nice(4);
  const top = y.domain()[1] ?? highest;
  const x = scaleLinear([0, Math.max(points.length - 1, 1)], [0, 100]);
  const at = (_: ChartPoint, index: number) => x(index);
  const ground = area<ChartPoint>(at, 100, ({ values }) => y(values[0]))(points) ?? "";
  const edge = line<ChartPoint>(at, ({ values }) => y(values[0]))(points) ?? "";
  const dashed = line<ChartPoint>(at, ({ values }) => y(values[1]))(points) ?? "";
  return (
    <ChartFrame {...props} top={top} ticks={[0, top / 2, top].filter((tick) => Number.isInteger(tick))}>
      <svg
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        aria-hidden
        className="absolute inset-0 size-full overflow-visible"
      >
        <path d={ground} className="fill-positive-mark opacity-15" />
        <path d={edge} fill="none" strokeWidth={2} vectorEffect="non-scaling-stroke" className="stroke-positive-mark" />
        <path
          d={dashed}
          fill="none"
          strokeWidth={1.5}
          strokeDasharray="4 3"
          vectorEffect="non-scaling-stroke"
          className="stroke-icon"
        />
      </svg>
    </ChartFrame>
  );
}
