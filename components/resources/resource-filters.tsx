"use client";
import { FilterBar, type FilterBarProps, type Searches } from "@/components/list/filter-bar";
import { answerOf } from "@/components/ui/answer-of";
import { filterResourceOwnerAction, filterResourceTypeAction } from "@/lib/resources/actions";
import type { resourceList } from "@/lib/resources/filters";

const searches: Searches<typeof resourceList> = {
  type: (q) => answerOf(filterResourceTypeAction({ q })),
  owner: (q) => answerOf(filterResourceOwnerAction({ q })),
};

export const ResourceFilters = (props: FilterBarProps) => <FilterBar {...props} searches={searches} />;
