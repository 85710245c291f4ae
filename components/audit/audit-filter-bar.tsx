"use client";
import { type BarField, FilterBar } from "@/components/list/filter-bar";
import type { FilterChoice } from "@/components/list/filter-choices";
import { answerOf } from "@/components/ui/answer-of";
import { pickAuditedPersonQuestion } from "@/lib/audit/actions";
import type { Pairs } from "@/lib/lists/search-params";

type AuditFilterBarProps = {
  people?: FilterChoice[] | undefined;
  fields: BarField[];
  path: string;
  query: Pairs;
};

const searchPeople = (q: string) => answerOf(pickAuditedPersonQuestion({ q }));

/** The list's own filter bar, with people found on the server. */
export function AuditFilterBar({ people, fields, ...rest }: AuditFilterBarProps) {
  const person = people && { name: "person", label: "Person", chosen: people, search: searchPeople };
  return <FilterBar fields={person ? [person, ...fields] : fields} {...rest} />;
}
