import { FilterBar } from "@/components/list/filter-bar";
import { type MailFilters as Filters, mailPath, mailStatuses, statusWords, toPairs } from "@/lib/mail/filters";

const choices = mailStatuses.map((id) => ({ id, label: statusWords[id] }));

export function MailFilters({ filters }: { filters: Filters }) {
  const chosen = choices.filter(({ id }) => filters.status.includes(id));
  return (
    <FilterBar
      fields={[{ name: "status", label: "Status", chosen, choices }]}
      path={mailPath}
      query={toPairs(filters)}
    />
  );
}
