import { ListEmpty } from "@/components/list/list-empty";
import { LinkButton } from "@/components/ui/button";
import { type AllClientFilters, allClientList, allClientsHref } from "@/lib/clients/all-filters";
import { counted } from "@/lib/lists/format-total";
import type { Total } from "@/lib/lists/pagination";

/** What was searched, among how many, and how to widen it. `newest`: the setting by which clients are outdated. */
export function NoClients({ filters, among, newest }: { filters: AllClientFilters; among: Total; newest: string }) {
  const filtered = allClientList.isFiltered(filters);
  if (!filters.q && !filtered)
    return (
      <ListEmpty kind="nothing-yet" icon="monitor" title="No clients yet.">
        A client is a program installed on a machine of a user. To create one, choose “Generate” under “Client
        Provision” of a user.
      </ListEmpty>
    );
  return (
    <ListEmpty
      kind="nothing-found"
      title={`No client matches ${filters.q ? `"${filters.q}"` : "these filters"}.`}
      actions={
        <>
          {filters.q && <LinkButton href={allClientsHref(filters, { q: "" })}>Clear the search</LinkButton>}
          {filtered && (
            <LinkButton href={allClientsHref(filters, allClientList.unfiltered)}>Search without filters</LinkButton>
          )}
        </>
      }
    >
      {filters.q ? "Searched client, name, user name, email and id, among" : "Searched"} {counted(among, "client")}.
      {newest === "" &&
        filters.version.includes("outdated") &&
        " Set “Newest client version” to find outdated clients."}
    </ListEmpty>
  );
}
