import type { Metadata } from "next";
import { AddMemberButton } from "@/components/groups/add-member-button";
import { MemberList } from "@/components/groups/member-list";
import { NoMembers } from "@/components/groups/no-members";
import { Pager } from "@/components/list/pager";
import { SearchBox } from "@/components/list/search-box";
import { Note } from "@/components/ui/note";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { readMemberFilters, toMembersHref } from "@/lib/groups/filters";
import { listMembers, memberCursorFits } from "@/lib/groups/members";
import { totalWords } from "@/lib/total-words";
import { groupOfPage } from "../group-of-page";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const metadata: Metadata = { title: "Members" };

export default async function GroupMembersPage({ params, searchParams }: Props) {
  const ctx = await requireOperation("group.read");
  const { id } = await params;
  const group = await groupOfPage(ctx, id);
  const { filters: asked, ignored } = readMemberFilters(await searchParams);
  const fits = memberCursorFits(group.id, asked);
  const filters = fits ? asked : { q: asked.q };
  const page = await listMembers(ctx, group.id, filters);
  const zone = await currentZone();
  const { all, seen } = group.members;
  const outside = all.value - seen.value;
  return (
    <>
      <div data-print="hide" className="mb-3 flex flex-wrap items-center gap-2">
        <SearchBox action={toMembersHref(group.id, {})} value={filters.q} placeholder="Name, username, email or id" />
        <div className="ml-auto">
          <AddMemberButton group={{ id: group.id, name: group.name }} ability={group.abilities["group.add_member"]} />
        </div>
      </div>
      {!fits && (
        <Note className="mb-3" role="status">
          The address named a place in another search. This is the first page.
        </Note>
      )}
      {ignored.length > 0 && (
        <Note className="mb-3" role="status">
          Not understood in the address, and left out: {ignored.join(", ")}.
        </Note>
      )}
      <div className="rounded-lg border border-line">
        {page.rows.length > 0 || page.previous ? (
          <>
            <MemberList group={group} rows={page.rows} zone={zone} now={ctx.now()} />
            <Pager
              from={page.from}
              to={page.from === 0 ? 0 : page.from + page.rows.length - 1}
              total={page.total.value}
              about={page.total.kind === "about"}
              over={page.total.kind === "over"}
              previousHref={
                page.previous
                  ? toMembersHref(group.id, { ...filters, after: undefined, before: page.previous })
                  : undefined
              }
              nextHref={
                page.next ? toMembersHref(group.id, { ...filters, before: undefined, after: page.next }) : undefined
              }
            />
          </>
        ) : (
          <NoMembers group={group} q={filters.q} />
        )}
      </div>
      {outside > 0 && (
        <p className="mt-2 text-xs text-muted">
          And {totalWords({ ...all, value: outside })} {outside === 1 ? "person" : "people"} outside what you may see.
        </p>
      )}
    </>
  );
}
