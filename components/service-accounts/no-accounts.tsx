import { ListEmpty } from "@/components/list/list-empty";
import { LinkButton } from "@/components/ui/button";
import { counted } from "@/lib/lists/format-total";
import type { Total } from "@/lib/lists/pagination";
import { type AccountFilters, accountsHref, serviceAccountList } from "@/lib/service-accounts/filters";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";

type NoAccountsProps = { filters: AccountFilters; among: Total; mayCreate: boolean };

/** What was searched, among how many, and how to widen it. */
export function NoAccounts({ filters, among, mayCreate }: NoAccountsProps) {
  const filtered = serviceAccountList.isFiltered(filters);
  if (!filters.q && !filtered)
    return (
      <ListEmpty
        kind="nothing-yet"
        icon="bot"
        title="No service accounts yet."
        actions={
          mayCreate && (
            <LinkButton variant="primary" href={`${serviceAccountsPath}/new`}>
              Create service account
            </LinkButton>
          )
        }
      >
        A service account is for a program. It has its own roles and tokens, and never does more than its owner could
        grant.
      </ListEmpty>
    );
  return (
    <ListEmpty
      kind="nothing-found"
      title={`No service account matches ${filters.q ? `"${filters.q}"` : "these filters"}.`}
      actions={
        <>
          {filters.q && <LinkButton href={accountsHref(filters, { q: "" })}>Clear the search</LinkButton>}
          {filtered && (
            <LinkButton href={accountsHref(filters, serviceAccountList.unfiltered)}>Search without filters</LinkButton>
          )}
        </>
      }
    >
      {filters.q ? "Searched name and id, among" : "Searched"} {counted(among, "service account")}.
    </ListEmpty>
  );
}
