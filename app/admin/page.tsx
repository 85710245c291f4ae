import type { Metadata } from "next";
import { Suspense } from "react";
import { AttentionList } from "@/components/home/attention-list";
import { EventFace } from "@/components/home/event-face";
import { GetStartedList } from "@/components/home/get-started-list";
import { ChartSkeleton, ClientChart, SignInChart } from "@/components/home/home-charts";
import { HomeNumbers, UsualFailures } from "@/components/home/home-numbers";
import { type RecentChange, RecentChanges } from "@/components/home/recent-changes";
import { PageHeader } from "@/components/shell/page-header";
import { Time } from "@/components/ui/time";
import { describeEvent } from "@/lib/audit/describe";
import type { LoggedEvent } from "@/lib/audit/event";
import { shownParts } from "@/lib/audit/words";
import { noAuditFilters, toHref } from "@/lib/audit-log/filters";
import { recentChanges } from "@/lib/audit-log/queries";
import { requireAnyOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { allClientsHref } from "@/lib/clients/all-filters";
import { needsAttention } from "@/lib/home/attention";
import { clientSeries, type Series, signInDays, usualFailures } from "@/lib/home/charts";
import { getStarted } from "@/lib/home/get-started";
import { failedSignIns, homeNumbers, opens } from "@/lib/home/queries";
import { addDays, dayOf } from "@/lib/time/calendar";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage() {
  const ctx = await requireAnyOperation();
  const zone = await currentZone();
  const now = ctx.now();
  const mayRead = { audit: opens(ctx, "audit.read"), clients: opens(ctx, "client.read") };
  const [numbers, failed, attention, changes, started] = await Promise.all([
    homeNumbers(ctx),
    failedSignIns(ctx),
    needsAttention(ctx),
    mayRead.audit ? recentChanges(ctx, 6) : null,
    getStarted(ctx),
  ]);
  const told = started?.steps.map(({ instead }) => instead) ?? [];
  let asked: ReturnType<typeof signInDays> | undefined;
  const signIns = () => {
    asked ??= signInDays(ctx, zone);
    return asked;
  };
  const yesterday = addDays(dayOf(now, zone), -1);
  return (
    <>
      <PageHeader
        title="Home"
        actions={
          <span className="self-center text-ui text-muted max-s:hidden">
            <Time at={now} zone={zone} now={now} form="exact" />
          </span>
        }
      />
      {started && <GetStartedList {...started} />}
      <HomeNumbers
        numbers={numbers}
        failed={failed}
        usual={
          <Suspense>
            <Usual failed={failed ?? 0} load={signIns} />
          </Suspense>
        }
        onlineHref={allClientsHref({ connection: ["online"] })}
        registeredHref={allClientsHref({ status: ["registered"] })}
        failedHref={toHref(noAuditFilters, { operation: ["session.refuse"], from: yesterday })}
      />
      <div className={grid}>
        {attention && (
          <AttentionList items={attention.filter(({ key }) => !told.includes(key))} zone={zone} now={now} />
        )}
        {changes && <RecentChanges changes={changes.map(changeOf)} zone={zone} now={now} />}
      </div>
      <div className={grid}>
        {mayRead.audit && (
          <Suspense fallback={<ChartSkeleton />}>
            <SignInChart load={signIns} />
          </Suspense>
        )}
        {mayRead.clients && (
          <Suspense fallback={<ChartSkeleton />}>
            <ClientChart load={() => clientSeries(ctx)} zone={zone} />
          </Suspense>
        )}
      </div>
    </>
  );
}

function changeOf(event: LoggedEvent): RecentChange {
  const { id, at } = event;
  return { id, at, face: <EventFace event={event} />, sentence: shownParts(describeEvent(event).sentence) };
}

async function Usual({ failed, load }: { failed: number; load: () => Promise<Series | null> }) {
  const series = await load();
  const usual = series && usualFailures(series);
  return usual && <UsualFailures failed={failed} usual={usual} />;
}

const grid =
  "mb-4 grid gap-4 empty:hidden grid-cols-[minmax(0,7fr)_minmax(0,5fr)] has-[>:only-child]:grid-cols-1 max-m:grid-cols-1";
