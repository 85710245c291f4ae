"use client";
import type { Heads } from "@/components/list/heads-of";
import { type Columns, ListTable } from "@/components/list/list-table";
import { MoreButton } from "@/components/list/more-button";
import type { Packed } from "@/components/list/packed";
import { PackedActions } from "@/components/list/row-actions";
import { useMarked } from "@/components/list/use-marked";
import { useUnpacked } from "@/components/list/use-unpacked";
import { OwnerBar } from "@/components/resources/owner-bar";
import { Avatar } from "@/components/ui/avatar";
import { Checkbox } from "@/components/ui/checkbox";
import { Chip } from "@/components/ui/chip";
import { late } from "@/components/ui/late";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { Time } from "@/components/ui/time";
import { useScripted } from "@/components/ui/use-scripted";
import type { resourceList } from "@/lib/resources/filters";
import type { ListedResource } from "@/lib/resources/list";

const fetchMenu = () => import("@/components/resources/resource-menu");
const ResourceMenu = late(() => fetchMenu().then((module) => module.ResourceMenu));

const hasMenu = ({ abilities }: ListedResource) => abilities.update.ok || abilities.delete.ok;

type ResourceTableProps = {
  label: string;
  rows: Packed<ListedResource[]>;
  heads: Heads<typeof resourceList>;
  zone: string;
  now: Date;
};

/** Resources in sight; several are chosen and get another owner at once. */
export function ResourceTable({ label, rows, heads, zone, now }: ResourceTableProps) {
  const resources = useUnpacked(rows);
  const { chosen, mark } = useMarked(resources);
  const choosable = resources.filter(({ abilities }) => abilities.update.ok);
  const selects = useScripted() && choosable.length > 0;
  const columns: Columns<typeof resourceList, ListedResource> = {
    name: {
      card: "name",
      title: ({ name }) => name,
      cell: (resource) => (
        <span className="flex min-w-0 items-center gap-2 max-s:py-2">
          {selects && resource.abilities.update.ok && (
            <Checkbox
              aria-label={`Select ${resource.name}, ${resource.type}`}
              checked={chosen.includes(resource)}
              onChange={({ currentTarget }) => mark([resource.id], currentTarget.checked)}
            />
          )}
          <NameCell resource={resource} />
        </span>
      ),
    },
    type: { width: "w-[128px]", card: "status", cell: ({ type }) => <Chip>{type}</Chip> },
    externalId: {
      width: "w-[19%]",
      priority: 2,
      card: "foot",
      title: ({ externalId }) => externalId,
      cell: ({ externalId }) => <span className="truncate font-mono text-xs">{externalId}</span>,
    },
    owner: { width: "w-[20%]", card: "foot", cell: ({ owner }) => <OwnerCell owner={owner} /> },
    updatedAt: {
      width: "w-[124px]",
      priority: 2,
      card: "foot",
      cell: ({ updatedAt }) => (
        <>
          <span className="s:hidden">changed </span>
          <Time at={updatedAt} zone={zone} now={now} />
        </>
      ),
    },
    actions: {
      width: "w-[64px]",
      hidden: true,
      card: "foot-end",
      className: "overflow-visible",
      cell: (resource) => (
        <PackedActions>{hasMenu(resource) && <MoreButton id={resource.id} about={resource.name} />}</PackedActions>
      ),
    },
  };
  return (
    <>
      {selects && <OwnerBar resources={choosable} {...{ chosen, mark }} />}
      <ListTable
        label={label}
        heads={heads}
        columns={columns}
        rows={resources}
        idOf={({ id }) => id}
        fetchMenu={fetchMenu}
        menu={(pressed) => {
          const resource = resources.find(({ id }) => id === pressed.id);
          return resource && <ResourceMenu key={resource.id} pressed={pressed} resource={resource} />;
        }}
      />
    </>
  );
}

/** The name links to the other system, where that has given an address. */
function NameCell({ resource: { name, url } }: { resource: ListedResource }) {
  if (!url) return <span className="truncate font-medium text-ink">{name}</span>;
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer external"
      className="flex min-w-0 items-center gap-1.5 rounded-sm font-medium text-ink hover:underline"
    >
      <span className="truncate">{name}</span>
      <SpriteIcon name="external-link" className="size-3.5 text-icon" />
      <span className="sr-only">opens in another window</span>
    </a>
  );
}

function OwnerCell({ owner }: Pick<ListedResource, "owner">) {
  if (!owner) return <span className="text-muted">No owner</span>;
  if (!owner.id) return <span className="truncate text-muted">{owner.name}</span>;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Avatar id={owner.id} name={owner.name} picture={owner.picture} size="s" className="max-s:hidden" />
      <a href={`/admin/users/${owner.id}/owned`} className="min-w-0 truncate rounded-sm hover:underline">
        {owner.name}
      </a>
      {owner.gone && <span className="flex-none text-xs text-warning">{` is ${owner.gone}`}</span>}
    </span>
  );
}
