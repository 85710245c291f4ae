"use client";
import type { Heads } from "@/components/list/heads-of";
import { type Columns, ListTable } from "@/components/list/list-table";
import type { Packed } from "@/components/list/packed";
import { TotalFigure } from "@/components/list/total-figure";
import { useUnpacked } from "@/components/list/use-unpacked";
import { Avatar } from "@/components/ui/avatar";
import { RolesCell } from "@/components/ui/roles-cell";
import { Time } from "@/components/ui/time";
import type { groupList } from "@/lib/groups/filters";
import type { ShownGroup } from "@/lib/groups/list";
import { groupsPath } from "@/lib/groups/paths";
import { nounFor } from "@/lib/lists/format-total";

type GroupListProps = {
  label: string;
  heads: Heads<typeof groupList>;
  rows: Packed<ShownGroup[]>;
  zone: string;
  now: Date;
};

export function GroupList({ label, heads, rows, zone, now }: GroupListProps) {
  const columns: Columns<typeof groupList, ShownGroup> = {
    name: { card: "name", cell: (group) => <NameCell group={group} /> },
    owner: { width: "w-[20%]", cell: ({ owner }) => <OwnerCell owner={owner} /> },
    roles: { width: "w-[22%]", card: "foot", cell: ({ roles }) => <RolesCell roles={roles} /> },
    members: {
      width: "w-[110px]",
      align: "end",
      card: "status",
      cell: ({ id, name, members }) => (
        <a href={`${groupsPath}/${id}/members`} aria-description={`Members of ${name}`} className="link relative">
          <TotalFigure total={members} />
          <span className="s:hidden"> {nounFor(members, "member")}</span>
        </a>
      ),
    },
    createdAt: {
      width: "w-[110px]",
      priority: 2,
      card: "foot-end",
      cell: ({ createdAt }) => <Time at={createdAt} zone={zone} now={now} form="date" />,
    },
  };
  const groups = useUnpacked(rows);
  return <ListTable label={label} heads={heads} columns={columns} rows={groups} idOf={({ id }) => id} covered />;
}

/** The link covers the whole row; what can be focused besides lies above it. */
function NameCell({ group: { id, name, description } }: { group: ShownGroup }) {
  return (
    <span className="flex min-w-0 items-baseline gap-2.5">
      <a
        href={`${groupsPath}/${id}`}
        title={description ? `${name}: ${description}` : name}
        className="max-w-full flex-none truncate rounded-sm font-medium text-ink after:absolute after:inset-0"
      >
        {name}
      </a>
      {description && <span className="min-w-0 truncate text-xs text-muted max-s:hidden">{description}</span>}
    </span>
  );
}

function OwnerCell({ owner }: Pick<ShownGroup, "owner">) {
  if (!owner) return <span className="text-muted">No owner</span>;
  return (
    <span className="flex min-w-0 items-center gap-2">
      {owner.id && <Avatar id={owner.id} name={owner.name} picture={owner.picture} size="s" className="max-s:hidden" />}
      <span className={owner.id ? "truncate" : "truncate text-muted"}>{owner.name}</span>
    </span>
  );
}
