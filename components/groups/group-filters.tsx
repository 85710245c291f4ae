"use client";
import { FilterBar, type FilterBarProps, type Searches } from "@/components/list/filter-bar";
import { answerOf } from "@/components/ui/answer-of";
import { filterOwnerAction, pickCarriedRoleAction } from "@/lib/groups/actions";
import type { groupList } from "@/lib/groups/filters";

const searches: Searches<typeof groupList> = {
  owner: (q) => answerOf(filterOwnerAction({ q })),
  role: (q) => answerOf(pickCarriedRoleAction({ q })),
};

export const GroupFilters = (props: FilterBarProps) => <FilterBar {...props} searches={searches} />;
