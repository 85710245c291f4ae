"use client";
import { ListEmpty } from "@/components/list/list-empty";
import type { Packed } from "@/components/list/packed";
import { Pager } from "@/components/list/pager";
import { HeadCell, Table, TableHead } from "@/components/list/table";
import { Cell, RowActions, TableBody, TableRow } from "@/components/list/table-rows";
import { useUnpacked } from "@/components/list/use-unpacked";
import { Avatar } from "@/components/ui/avatar";
import { LinkButton } from "@/components/ui/button";
import { UserStatus } from "@/components/users/user-status";
import type { Page } from "@/lib/lists/pagination";
import { toChartHref } from "@/lib/organisation/address";
import type { ChartIssue, PersonAtFault } from "@/lib/organisation/chart-issues";
import type { ChartFilters } from "@/lib/organisation/filters";

const words: Record<ChartIssue, { label: string; nobody: string; meaning: string }> = {
  unplaced: {
    label: "People without a manager",
    nobody: "Everybody has a place in the chart.",
    meaning: "People with no manager and no reports appear here, so that you can choose a manager.",
  },
  left: {
    label: "People whose manager is disabled or archived",
    nobody: "Nobody's manager is disabled or archived.",
    meaning: "People whose manager is archived or disabled appear here. Access that has ended counts as disabled.",
  },
};

type IssueListProps = { issue: ChartIssue; page: Packed<Page<PersonAtFault>>; filters: ChartFilters };

/** People whose place in the chart needs a look, and the way to the form where it is put right. */
export function IssueList({ issue, page: sent, filters }: IssueListProps) {
  const page = useUnpacked(sent);
  const { label, nobody, meaning } = words[issue];
  return (
    <div className="rounded-lg border border-line">
      {page.rows.length === 0 && !page.previous ? (
        <ListEmpty kind="nothing-yet" title={nobody}>
          {meaning}
        </ListEmpty>
      ) : (
        <>
          <Table label={label} className="s:table-fixed">
            <TableHead>
              <HeadCell>Name</HeadCell>
              <HeadCell priority={2}>User name</HeadCell>
              <HeadCell>Primary role</HeadCell>
              <HeadCell className="w-[110px]">Status</HeadCell>
              {issue === "left" && <HeadCell>Manager</HeadCell>}
              <HeadCell className="w-[150px]">
                <span className="sr-only">Actions</span>
              </HeadCell>
            </TableHead>
            <TableBody>
              {page.rows.map((person) => (
                <IssueRow key={person.id} person={person} withManager={issue === "left"} />
              ))}
            </TableBody>
          </Table>
          <Pager page={page} href={(place) => toChartHref(filters, place)} />
        </>
      )}
    </div>
  );
}

function IssueRow({ person, withManager }: { person: PersonAtFault; withManager: boolean }) {
  const href = `/admin/users/${person.id}`;
  return (
    <TableRow className="s:relative">
      <Cell card="name">
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar id={person.id} name={person.name} picture={person.picture} className="max-s:hidden" />
          <a
            href={href}
            title={person.name}
            className="min-w-0 truncate rounded-sm font-medium text-ink after:absolute after:inset-0"
          >
            {person.name}
          </a>
        </span>
      </Cell>
      <Cell priority={2} card="off">
        {person.username}
      </Cell>
      <Cell>{person.role}</Cell>
      <Cell card="status">
        <UserStatus status={person.status} />
      </Cell>
      {withManager && (
        <Cell>
          {person.manager && (
            <span className="inline-flex min-w-0 max-w-full items-center gap-2">
              <span className="truncate">{person.manager.name}</span>
              <UserStatus status={person.manager.status} />
            </span>
          )}
        </Cell>
      )}
      <Cell card="off" className="overflow-visible">
        <RowActions>
          <LinkButton
            size="s"
            href={href}
            aria-label={person.mayEdit ? `Choose a manager for ${person.name}` : `Open ${person.name}`}
          >
            {person.mayEdit ? "Choose a manager" : "Open"}
          </LinkButton>
        </RowActions>
      </Cell>
    </TableRow>
  );
}
