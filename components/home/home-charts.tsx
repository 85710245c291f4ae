import { AreaChart } from "@/components/charts/area-chart";
import { BarChart } from "@/components/charts/bar-chart";
import { ChartKey } from "@/components/charts/chart-frame";
import { Panel, PanelHead } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import type { ClientSeries, Series } from "@/lib/home/charts";
import { formatTotal } from "@/lib/lists/format-total";
import { aboutTotal } from "@/lib/lists/pagination";
import { type Day, shortDay } from "@/lib/time/calendar";

const number = new Intl.NumberFormat("en-US");

type Load = () => Promise<Series | null>;

export async function SignInChart({ load }: { load: Load }) {
  const series = await load();
  if (!series) return null;
  return (
    <Panel id="sign-ins" aria-labelledby="sign-ins-title">
      <PanelHead
        title="Sign-ins"
        titleId="sign-ins-title"
        hint="last 30 days"
        actions={
          <ChartKey
            entries={[
              { mark: "filled", label: "succeeded" },
              { mark: "hatched", label: "failed" },
            ]}
          />
        }
      />
      <BarChart sentence={signInSentence(series)} series={["succeeded", "failed"]} points={points(series)} />
    </Panel>
  );
}

export async function ClientChart({ load, zone }: { load: () => Promise<ClientSeries | null>; zone: string }) {
  const found = await load();
  if (!found) return null;
  const { series, about } = found;
  const registered = about ? "registered (estimate)" : "registered";
  return (
    <Panel id="clients" aria-labelledby="clients-title">
      <PanelHead
        title="Clients"
        titleId="clients-title"
        hint={zone === "UTC" ? "last 30 days" : "last 30 days, in UTC"}
        actions={
          <ChartKey
            entries={[
              { mark: "dashed", label: registered },
              { mark: "area", label: "online that day" },
            ]}
          />
        }
      />
      <AreaChart sentence={clientSentence(found)} series={["online", registered]} points={points(series)} />
    </Panel>
  );
}

/** As tall as the chart that comes, so that nothing moves. */
export function ChartSkeleton() {
  return (
    <Panel aria-busy="true" className="h-[304px] p-4 max-s:h-[256px]">
      <p role="status" className="sr-only">
        Loading
      </p>
      <Skeleton className="w-40" />
    </Panel>
  );
}

const points = (series: Series) =>
  series.map(({ day, values }, index) => ({ label: index === series.length - 1 ? "Today" : shortDay(day), values }));

function signInSentence(series: Series): string {
  const total = (index: 0 | 1) => series.reduce((sum, { values }) => sum + values[index], 0);
  const worst = peak(series, 1);
  const failures = worst ? `; most failures on ${shortDay(worst.day)}, ${number.format(worst.value)}` : "";
  return `Sign-ins per day over the last 30 days: ${number.format(total(0))} succeeded, ${number.format(total(1))} failed${failures}`;
}

function clientSentence({ series, about }: ClientSeries): string {
  const [first, last] = [series[0], series.at(-1)];
  const most = peak(series, 0);
  const online = most
    ? `; most were online on ${shortDay(most.day)}, ${number.format(most.value)}`
    : "; none was online";
  const total = (of: Series[number] | undefined) =>
    formatTotal(about ? aboutTotal(of?.values[1] ?? 0) : { value: of?.values[1] ?? 0, kind: "exact" });
  return `Clients over the last 30 days: registered went from ${total(first)} to ${total(last)}${online}`;
}

function peak(series: Series, index: 0 | 1): { day: Day; value: number } | null {
  const highest = series.reduce<{ day: Day; value: number } | null>(
    (best, { day, values }) => (values[index] > (best?.value ?? 0) ? { day, value: values[index] } : best),
    null,
  );
  return highest;
}
