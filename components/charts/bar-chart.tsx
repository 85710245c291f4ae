import { scaleLinear } from "d3-scale";
import { ChartFrame, type ChartProps } from "./chart-frame";

/** Two series stacked: the first filled, the second hatched on top. Its key: `filled` and `hatched`. */
export function BarChart(props: ChartProps) {
  const { points, series } = props;
  const highest = Math.max(1, ...points.map(({ values }) => values[0] + values[1]));
  const scale = scaleLinear([0, highest], [0, 100]).nice(4);
  const top = scale.domain()[1] ?? highest;
  return (
    <ChartFrame {...props} top={top} ticks={[0, top / 2, top].filter((tick) => Number.isInteger(tick))}>
      <div className="absolute inset-0 flex items-end gap-[3px] max-s:gap-0.5">
        {points.map(({ label, values }) => (
          <span
            key={label}
            title={`${label}: ${values[0]} ${series[0]}, ${values[1]} ${series[1]}`}
            className="mx-auto flex h-full max-w-3.5 min-w-0 flex-1 flex-col justify-end gap-px max-s:max-w-none"
          >
            {values[1] > 0 && <span style={{ height: `${scale(values[1])}%` }} className="hatched rounded-[1.5px]" />}
            {values[0] > 0 && <span style={{ height: `${scale(values[0])}%` }} className="rounded-[1.5px] bg-series" />}
          </span>
        ))}
      </div>
    </ChartFrame>
  );
}
