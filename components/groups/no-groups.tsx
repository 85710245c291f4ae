import { ListEmpty } from "@/components/list/list-empty";
import { LinkButton } from "@/components/ui/button";
import { type GroupFilters, groupList, toHref } from "@/lib/groups/filters";
import { groupsPath } from "@/lib/groups/paths";
import { counted } from "@/lib/lists/format-total";
import type { Total } from "@/lib/lists/pagination";

type NoGroupsProps = {
  filters: GroupFilters;
  among: Total;
  mayCreate: boolean;
  /** The viewer sees the groups that they own, and no other. */
  ownedOnly: boolean;
};

/** What was searched, among how many, and how to widen it. */
export function NoGroups({ filters, among, mayCreate, ownedOnly }: NoGroupsProps) {
  if (!filters.q && !groupList.isFiltered(filters))
    return (
      <ListEmpty
        kind="nothing-yet"
        icon="boxes"
        title={ownedOnly ? "You don't own a group." : "No groups yet."}
        actions={
          mayCreate && (
            <LinkButton variant="primary" href={`${groupsPath}/new`}>
              Create group
            </LinkButton>
          )
        }
      >
        A group gives its additional roles to its members for as long as they are in it.
      </ListEmpty>
    );
  return (
    <ListEmpty
      kind="nothing-found"
      title={`No group matches ${filters.q ? `"${filters.q}"` : "these filters"}.`}
      actions={
        <>
          {filters.q && <LinkButton href={toHref(filters, { q: "" })}>Clear the search</LinkButton>}
          {groupList.isFiltered(filters) && (
            <LinkButton href={toHref(filters, groupList.unfiltered)}>Search without filters</LinkButton>
          )}
        </>
      }
    >
      {filters.q ? "Searched name, description and id, among" : "Searched"} {counted(among, "group")}.
    </ListEmpty>
  );
}
