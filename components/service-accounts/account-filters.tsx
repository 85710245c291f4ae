"use client";
import { FilterBar, type FilterBarProps, type Searches } from "@/components/list/filter-bar";
import { answerOf } from "@/components/ui/answer-of";
import { filterAccountOwnerAction } from "@/lib/service-accounts/actions";
import type { serviceAccountList } from "@/lib/service-accounts/filters";

const searches: Searches<typeof serviceAccountList> = {
  owner: (q) => answerOf(filterAccountOwnerAction({ q })),
};

export const AccountFilters = (props: FilterBarProps) => <FilterBar {...props} searches={searches} />;
