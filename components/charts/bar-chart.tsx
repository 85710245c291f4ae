import { scaleLinear } from "d3-scale";
import { Bars } from "./bars";
import { ChartFrame, type ChartProps } from "./chart-frame";

/** Two series stacked: the first filled, the second hatched on top. Its key: `filled` and `hatched`. */
export function BarChart(props: ChartProps) {
  const { points, series } = props;
  const highest = Math.max(1, ...points.map(({ values }) => values[0] + values[1]));
  const scale = scaleLinear([0, highest], [0, 100]).nice(4);
  const top = scale.domain()[1] ?? highest;
  return (
    <ChartFrame {...props} top={top} ticks={[0, top / 2, top].filter((tick) => Number.isInteger(tick))}>
      <Bars points={points} series={series} top={top} />
    </ChartFrame>
  );
}
