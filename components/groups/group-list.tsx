import Link from "next/link";
import { SortLink } from "@/components/list/sort-link";
import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from "@/components/list/table";
import { Avatar } from "@/components/ui/avatar";
import { Chip } from "@/components/ui/chip";
import { TotalFigure } from "@/components/ui/figure";
import { Time } from "@/components/ui/time";
import { Tooltip } from "@/components/ui/tooltip";
import { type GroupFilters, type GroupSort, groupsPath, sortHref } from "@/lib/groups/filters";
import type { ListedGroup } from "@/lib/groups/list";
import { nounFor } from "@/lib/lists/format-total";
import { sortOf } from "@/lib/lists/search-params";

type GroupListProps = { rows: ListedGroup[]; filters: GroupFilters; zone: string; now: Date };

export function GroupList({ rows, filters, zone, now }: GroupListProps) {
  const { by, descending } = sortOf(filters);
  const sort = (key: GroupSort) => ({
    href: sortHref(filters, key),
    sorted: by === key ? (descending ? ("descending" as const) : ("ascending" as const)) : undefined,
  });
  return (
    <Table label="Groups" className="s:table-fixed">
      <TableHead>
        <SortLink {...sort("name")}>Name</SortLink>
        <HeadCell className="w-[20%]">Owner</HeadCell>
        <HeadCell className="w-[22%]">Roles</HeadCell>
        <HeadCell align="end" className="w-[110px]">
          Members
        </HeadCell>
        <SortLink {...sort("createdAt")} priority={2} className="w-[110px]">
          Created
        </SortLink>
      </TableHead>
      <TableBody>
        {rows.map((group) => (
          <GroupRow key={group.id} group={group} zone={zone} now={now} />
        ))}
      </TableBody>
    </Table>
  );
}

/** One group. The link on the name covers the whole row; what can be focused besides lies above it. */
function GroupRow({ group, zone, now }: { group: ListedGroup; zone: string; now: Date }) {
  const { id, name, description, owner, roles, members, createdAt } = group;
  return (
    <TableRow className="s:relative">
      <Cell card="name">
        <span className="flex min-w-0 items-baseline gap-2.5">
          <Link
            href={`${groupsPath}/${id}`}
            prefetch={false}
            title={description ? `${name}: ${description}` : name}
            className="max-w-full flex-none truncate rounded-sm font-medium text-ink after:absolute after:inset-0"
          >
            {name}
          </Link>
          {description && <span className="min-w-0 truncate text-xs text-muted max-s:hidden">{description}</span>}
        </span>
      </Cell>
      <Cell>
        {owner ? (
          <span className="flex min-w-0 items-center gap-2">
            {owner.visible && <Avatar id={owner.id} name={owner.name} size="s" className="max-s:hidden" />}
            <span className={owner.visible ? "truncate" : "truncate text-muted"}>{owner.name}</span>
          </span>
        ) : (
          <span className="text-muted">No owner</span>
        )}
      </Cell>
      <Cell card="foot">
        <RolesCell roles={roles.map((role) => role.name)} />
      </Cell>
      <Cell card="status" align="end">
        <TotalFigure total={members} />
        <span className="s:hidden"> {nounFor(members, "member")}</span>
      </Cell>
      <Cell priority={2} card="foot-end">
        <Time at={createdAt} zone={zone} now={now} form="date" />
      </Cell>
    </TableRow>
  );
}

/** The first role, and how many more; all of them on hover and focus. */
function RolesCell({ roles }: { roles: string[] }) {
  const [first, ...more] = roles;
  if (!first) return <span className="text-muted">No roles</span>;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Chip>{first}</Chip>
      {more.length > 0 && (
        <Tooltip text={roles.join(", ")}>
          <button
            type="button"
            aria-label={`Roles: ${roles.join(", ")}`}
            className="relative z-10 flex min-h-6 min-w-6 flex-none cursor-default items-center rounded-sm text-muted"
          >
            +{more.length}
          </button>
        </Tooltip>
      )}
    </span>
  );
}
