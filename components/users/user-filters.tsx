"use client";
import { FilterBar, type FilterBarProps, type Searches } from "@/components/list/filter-bar";
import { answerOf } from "@/components/ui/answer-of";
import { filterConfigurationAction, filterManagerAction, pickGroupAction, pickRoleAction } from "@/lib/users/actions";
import type { userList } from "@/lib/users/filters";

const searches: Searches<typeof userList> = {
  role: (q) => answerOf(pickRoleAction({ q })),
  group: (q) => answerOf(pickGroupAction({ q })),
  configuration: (q) => answerOf(filterConfigurationAction({ q })),
  manager: (q) => answerOf(filterManagerAction({ q })),
};

export const UserFilters = (props: FilterBarProps) => <FilterBar {...props} searches={searches} />;
