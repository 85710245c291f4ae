import { ListEmpty } from "@/components/list/list-empty";
import { LinkButton } from "@/components/ui/button";
import { counted } from "@/lib/lists/format-total";
import type { Total } from "@/lib/lists/pagination";
import { type ResourceFilters, resourceList, resourcesHref } from "@/lib/resources/filters";

/** What was searched, among how many, and how to widen it. */
export function NoResources({ filters, among }: { filters: ResourceFilters; among: Total }) {
  const filtered = resourceList.isFiltered(filters);
  if (!filters.q && !filtered)
    return (
      <ListEmpty kind="nothing-yet" icon="package" title="No resources yet.">
        A resource is something in another system that has an owner, such as an assistant or a project. That system
        registers it through the API, so that it gets a new owner when its owner leaves.
      </ListEmpty>
    );
  return (
    <ListEmpty
      kind="nothing-found"
      title={`No resource matches ${filters.q ? `"${filters.q}"` : "these filters"}.`}
      actions={
        <>
          {filters.q && <LinkButton href={resourcesHref(filters, { q: "" })}>Clear the search</LinkButton>}
          {filtered && (
            <LinkButton href={resourcesHref(filters, resourceList.unfiltered)}>Search without filters</LinkButton>
          )}
        </>
      }
    >
      {filters.q ? "Searched name, external id and id, among" : "Searched"} {counted(among, "resource")}.
    </ListEmpty>
  );
}
