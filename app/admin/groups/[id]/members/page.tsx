import { AddMembersButton } from "@/components/groups/add-members-button";
import { MemberList } from "@/components/groups/member-list";
import { NoMembers } from "@/components/groups/no-members";
import { AddressNotes } from "@/components/list/address-notes";
import { headsOf } from "@/components/list/heads-of";
import { ListTools } from "@/components/list/list-tools";
import { packed } from "@/components/list/packed";
import { Pager } from "@/components/list/pager";
import { currentColumns } from "@/lib/auth/columns";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { memberList, toMembersHref } from "@/lib/groups/filters";
import { servedMembers } from "@/lib/groups/members";
import { withoutHidden } from "@/lib/lists/columns";
import { counted } from "@/lib/lists/format-total";
import type { Params } from "@/lib/lists/search-params";
import { groupOfPage, titleOfGroup } from "../group-of-page";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Params>;
};

export const generateMetadata = ({ params }: Props) => titleOfGroup(params, "Members");

export default async function GroupMembersPage({ params, searchParams }: Props) {
  const ctx = await requireOperation("group.read");
  const { id } = await params;
  const group = await groupOfPage(ctx, id);
  const { filters, fits, ignored } = servedMembers.ask(await searchParams, group.id);
  const page = await servedMembers.page(ctx, filters, group.id);
  const filled = page.rows.length > 0 || page.previous !== null;
  const zone = await currentZone();
  const shown = await currentColumns(memberList);
  const { all, seen } = group.members;
  const outside = all.value - seen.value;
  return (
    <>
      <ListTools list={memberList} filters={filters} shown={shown} path={toMembersHref(group.id)}>
        <div className="max-s:ml-auto">
          <AddMembersButton group={{ id: group.id, name: group.name }} ability={group.abilities["group.add_member"]} />
        </div>
      </ListTools>
      <AddressNotes fits={fits} ignored={ignored} />
      <div className="rounded-lg border border-line">
        <MemberList
          group={{ id: group.id, name: group.name }}
          heads={headsOf(memberList, shown)}
          rows={packed(withoutHidden(memberList, shown, page.rows))}
          zone={zone}
          now={ctx.now()}
          empty={filled ? null : <NoMembers group={group} q={filters.q} />}
        />
        {filled && <Pager page={page} href={(place) => toMembersHref(group.id, filters, place)} />}
      </div>
      {outside > 0 && (
        <p className="mt-2 text-xs text-muted">
          And {counted({ ...all, value: outside }, "person", "people")} outside your view.
        </p>
      )}
    </>
  );
}
