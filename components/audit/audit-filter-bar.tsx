"use client";
import { FilterBar, type FilterBarProps, type Searches } from "@/components/list/filter-bar";
import { answerOf } from "@/components/ui/answer-of";
import { pickAuditedPersonAction } from "@/lib/audit-log/actions";
import type { auditList } from "@/lib/audit-log/filters";

const people = (q: string) => answerOf(pickAuditedPersonAction({ q }));

const searches: Searches<typeof auditList> = { actor: people, about: people, person: people };

/** The list's own filter bar, with people found on the server. */
export const AuditFilterBar = (props: FilterBarProps) => <FilterBar {...props} searches={searches} />;
