"use client";
import { FilterBar, type FilterBarProps, type Searches } from "@/components/list/filter-bar";
import { answerOf } from "@/components/ui/answer-of";
import { filterClientOwnerAction } from "@/lib/clients/actions";
import type { allClientList } from "@/lib/clients/all-filters";
import { pickGroupAction } from "@/lib/users/actions";

const searches: Searches<typeof allClientList> = {
  owner: (q) => answerOf(filterClientOwnerAction({ q })),
  group: (q) => answerOf(pickGroupAction({ q })),
};

export const AllClientFilters = (props: FilterBarProps) => <FilterBar {...props} searches={searches} />;
