import type { Metadata } from "next";
import { AddressNotes } from "@/components/list/address-notes";
import { ListEmpty } from "@/components/list/list-empty";
import { packed } from "@/components/list/packed";
import { SearchBox } from "@/components/list/search-box";
import { TotalFigure } from "@/components/list/total-figure";
import { FoundPeople } from "@/components/organisation/found-people";
import { IssueList } from "@/components/organisation/issue-list";
import { OrganisationTree } from "@/components/organisation/organisation-tree";
import { PageHeader } from "@/components/shell/page-header";
import { Note } from "@/components/ui/note";
import { TabsNav } from "@/components/ui/tabs-nav";
import { requireOperation } from "@/lib/auth/current";
import type { Ctx, Person } from "@/lib/context";
import type { Total } from "@/lib/lists/pagination";
import type { Params } from "@/lib/lists/search-params";
import { toChartHref, toChartPairs } from "@/lib/organisation/address";
import { type Chart, readChart } from "@/lib/organisation/chart";
import { type ChartIssue, countChartIssues, fitting, listChartIssues } from "@/lib/organisation/chart-issues";
import { type ChartFilters, type ChartView, openMost, readChartFilters } from "@/lib/organisation/filters";
import { findInChart } from "@/lib/organisation/path";

export const metadata: Metadata = { title: "Organisation" };

type Props = { searchParams: Promise<Params> };

export default async function OrganisationPage({ searchParams }: Props) {
  const ctx = await requireOperation("user.read");
  const filters = readChartFilters(await searchParams);
  const { view } = filters;
  const showsChart = view === "chart" && !filters.q;
  const [counts, chart] = await Promise.all([countChartIssues(ctx), showsChart ? readChart(ctx, filters) : null]);
  const tab = (to: ChartView, label: string, total?: Total) => ({
    href: toChartHref(filters, { view: to, q: "" }),
    label,
    count: total && <TotalFigure total={total} />,
    current: view === to,
  });
  return (
    <>
      <PageHeader title="Organisation" />
      <TabsNav
        label="Views"
        tabs={[
          tab("chart", "Chart"),
          tab("unplaced", "Without a manager", counts.unplaced),
          tab("left", "Manager disabled or archived", counts.left),
        ]}
      />
      {view === "chart" && (
        <div data-print="hide" className="mb-3 flex">
          <SearchBox
            action="/admin/organisation"
            value={filters.q}
            placeholder="Name, email or id"
            keep={toChartPairs({ ...filters, q: "", show: null })}
          />
        </div>
      )}
      {chart && <ChartOrNote chart={chart} filters={filters} />}
      {view === "chart" && !chart && <Found ctx={ctx} filters={filters} />}
      {view !== "chart" && <Issues ctx={ctx} asked={filters} issue={view} total={counts[view]} />}
    </>
  );
}

async function Found({ ctx, filters }: { ctx: Ctx<Person>; filters: ChartFilters }) {
  return <FoundPeople {...(await findInChart(ctx, filters.q))} filters={filters} />;
}

function ChartOrNote({ chart, filters }: { chart: Chart; filters: ChartFilters }) {
  return (
    <>
      {filters.show && !chart.shown && (
        <Note className="mb-3" role="status">
          The person in this link doesn't exist, or you don't have access to them.
        </Note>
      )}
      {chart.open.length >= openMost && (
        <Note className="mb-3" role="status">
          {openMost} branches are expanded, the most the chart can show. Collapse one to expand another.
        </Note>
      )}
      {chart.rows.length > 0 ? (
        <OrganisationTree chart={packed(chart)} filters={filters} />
      ) : (
        <div className="rounded-lg border border-line">
          <ListEmpty kind="nothing-yet" title="No organisation chart yet.">
            It is built from the managers chosen under "User Details".
          </ListEmpty>
        </div>
      )}
    </>
  );
}

type IssuesProps = { ctx: Ctx<Person>; asked: ChartFilters; issue: ChartIssue; total: Total };

async function Issues({ ctx, asked, issue, total }: IssuesProps) {
  const { filters, fits } = fitting(issue, asked);
  return (
    <>
      <AddressNotes fits={fits} />
      <IssueList issue={issue} page={packed(await listChartIssues(ctx, issue, filters, total))} filters={filters} />
    </>
  );
}
