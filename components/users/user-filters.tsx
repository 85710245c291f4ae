"use client";
import { FilterBar, type FilterBarProps, type Searches } from "@/components/list/filter-bar";
import { answerOf } from "@/components/ui/answer-of";
import {
  filterConfigurationQuestion,
  filterManagerQuestion,
  pickGroupQuestion,
  pickRoleQuestion,
} from "@/lib/users/actions";
import type { userList } from "@/lib/users/filters";

const searches: Searches<typeof userList> = {
  role: (q) => answerOf(pickRoleQuestion({ q })),
  group: (q) => answerOf(pickGroupQuestion({ q })),
  configuration: (q) => answerOf(filterConfigurationQuestion({ q })),
  manager: (q) => answerOf(filterManagerQuestion({ q })),
};

export const UserFilters = (props: FilterBarProps) => <FilterBar {...props} searches={searches} />;
