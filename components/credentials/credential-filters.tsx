"use client";
import { FilterBar, type FilterBarProps, type Searches } from "@/components/list/filter-bar";
import { answerOf } from "@/components/ui/answer-of";
import { filterHolderAction } from "@/lib/credentials/actions";
import type { credentialList } from "@/lib/credentials/filters";

const searches: Searches<typeof credentialList> = { person: (q) => answerOf(filterHolderAction({ q })) };

export const CredentialFilters = (props: FilterBarProps) => <FilterBar {...props} searches={searches} />;
