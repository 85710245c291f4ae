import type { Metadata } from "next";
import { AttentionList } from "@/components/home/attention-list";
import { ClientChart, SignInChart } from "@/components/home/home-charts";
import { HomeNumbers } from "@/components/home/home-numbers";
import { RecentChanges } from "@/components/home/recent-changes";
import { PageHeader } from "@/components/shell/page-header";
import { exactTime } from "@/components/ui/time";
import { noAuditFilters, toHref } from "@/lib/audit/filters";
import { recentChanges } from "@/lib/audit/queries";
import { requireAnyOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { addDays, dayOf } from "@/lib/calendar";
import { needsAttention } from "@/lib/home/attention";
import { clientSeries, signInDays, usualFailures } from "@/lib/home/charts";
import { failedSignIns, homeNumbers, opens } from "@/lib/home/queries";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage() {
  const ctx = await requireAnyOperation();
  const zone = await currentZone();
  const now = ctx.now();
  const [numbers, failed, attention, changes, signIns, clients] = await Promise.all([
    homeNumbers(ctx),
    failedSignIns(ctx),
    needsAttention(ctx),
    opens(ctx, "audit.read") ? recentChanges(ctx, 6) : null,
    signInDays(ctx, zone),
    clientSeries(ctx),
  ]);
  const yesterday = addDays(dayOf(now, zone), -1);
  return (
    <>
      <PageHeader
        title="Home"
        actions={<span className="self-center text-ui text-muted max-s:hidden">{exactTime(now, zone)}</span>}
      />
      <HomeNumbers
        numbers={numbers}
        failed={failed}
        usual={signIns && usualFailures(signIns)}
        failedHref={toHref(noAuditFilters, { operation: ["session.refuse"], from: yesterday })}
        mayListUsers={opens(ctx, "user.read")}
      />
      <div className={grid}>
        {attention && <AttentionList items={attention} zone={zone} now={now} />}
        {changes && <RecentChanges events={changes} zone={zone} now={now} />}
      </div>
      <div className={grid}>
        {signIns && <SignInChart series={signIns} />}
        {clients && <ClientChart series={clients} zone={zone} />}
      </div>
    </>
  );
}

const grid =
  "mb-4 grid gap-4 empty:hidden grid-cols-[minmax(0,7fr)_minmax(0,5fr)] has-[>:only-child]:grid-cols-1 max-m:grid-cols-1";
