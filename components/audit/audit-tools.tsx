"use client";
import { FilterBar, type FilterBarProps } from "@/components/list/filter-bar";
import type { Choice } from "@/lib/lists/filters";
import { DateRange } from "./date-range";
import { PeriodLinks } from "./period-links";
import { SignInsSwitch } from "./sign-ins-switch";

interface AuditToolsProps extends FilterBarProps {
  /** What "Last" offers. */
  periods: readonly Choice[];
}

/** The search, the filters, the periods and the days of the log. */
export function AuditTools({ periods, ...bar }: AuditToolsProps) {
  const { path, query } = bar;
  return (
    <>
      <FilterBar {...bar} />
      <PeriodLinks periods={periods} path={path} query={query} />
      <DateRange path={path} query={query} />
      <SignInsSwitch path={path} query={query} />
    </>
  );
}
