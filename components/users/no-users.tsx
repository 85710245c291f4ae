import { ListEmpty } from "@/components/list/list-empty";
import { LinkButton } from "@/components/ui/button";
import type { Labels } from "@/lib/lists/filter-fields";
import { formatTotal, nounFor } from "@/lib/lists/format-total";
import type { Total } from "@/lib/lists/pagination";
import { toHref, type UserFilters, userList } from "@/lib/users/filters";

type NoUsersProps = {
  filters: UserFilters;
  labels: Labels<typeof userList>;
  among: Total;
  other: Total;
  mayCreate: boolean;
};

/** What was searched, among how many, and how to widen it. */
export function NoUsers({ filters, labels, among, other, mayCreate }: NoUsersProps) {
  const archived = filters.view === "archived";
  const kind = archived ? "archived" : "active";
  if (!filters.q && !userList.isFiltered(filters)) return <NobodyYet archived={archived} mayCreate={mayCreate} />;
  const groups = labels.group.map(({ label }) => label).join(" or ");
  const people = nounFor(among, "person", "people");
  return (
    <ListEmpty
      kind="nothing-found"
      title={`No ${kind} user matches ${filters.q ? `"${filters.q}"` : "these filters"}${groups ? ` in ${groups}` : ""}.`}
      actions={
        <>
          {filters.q && <LinkButton href={toHref(filters, { q: "" })}>Clear the search</LinkButton>}
          {filters.group.length > 0 && filters.q && (
            <LinkButton href={toHref(filters, { group: [] })}>Search in all groups</LinkButton>
          )}
          {userList.isFiltered(filters) && (
            <LinkButton href={toHref(filters, userList.unfiltered)}>Search without filters</LinkButton>
          )}
          {other.value > 0 && (
            <LinkButton href={userList.viewHref(filters, archived ? "active" : "archived")}>
              {archived ? "Search active users" : "Search archived users"}
            </LinkButton>
          )}
        </>
      }
    >
      {filters.q ? "Searched name, user name, email and id, among" : "Searched"} {formatTotal(among)} {people}.
    </ListEmpty>
  );
}

function NobodyYet({ archived, mayCreate }: { archived: boolean; mayCreate: boolean }) {
  return archived ? (
    <ListEmpty kind="nothing-yet" title="Nobody is archived.">
      Removed users appear here and can be restored.
    </ListEmpty>
  ) : (
    <ListEmpty
      kind="nothing-yet"
      title="No users yet."
      actions={
        mayCreate && (
          <LinkButton variant="primary" href="/admin/users/new">
            Create User
          </LinkButton>
        )
      }
    >
      The people you manage appear here.
    </ListEmpty>
  );
}
