import { ListEmpty } from "@/components/list/list-empty";
import { LinkButton } from "@/components/ui/button";
import { type CredentialFilters, credentialList, credentialsHref } from "@/lib/credentials/filters";
import { counted } from "@/lib/lists/format-total";
import type { Total } from "@/lib/lists/pagination";

/** Among how many was looked, and how to widen it. */
export function NoCredentials({ filters, among }: { filters: CredentialFilters; among: Total }) {
  if (!filters.q && !credentialList.isFiltered(filters))
    return (
      <ListEmpty kind="nothing-yet" icon="key-round" title="No live credentials.">
        Access tokens, clients and their provision tokens, sessions, invitations and reset links appear here while they
        work.
      </ListEmpty>
    );
  return (
    <ListEmpty
      kind="nothing-found"
      title={filters.q ? `No credential of "${filters.q}".` : "No credential matches these filters."}
      actions={
        credentialList.isFiltered(filters) && (
          <LinkButton href={credentialsHref(filters, credentialList.unfiltered)}>Search without filters</LinkButton>
        )
      }
    >
      Searched {counted(among, "credential")}.
    </ListEmpty>
  );
}
