import { GroupActions } from "@/components/groups/group-actions";
import { GroupTabs } from "@/components/groups/group-tabs";
import { TotalFigure } from "@/components/list/total-figure";
import { Breadcrumb } from "@/components/shell/breadcrumb";
import { PageHeader } from "@/components/shell/page-header";
import { PageTitle } from "@/components/shell/page-title";
import { groupsPath } from "@/lib/groups/paths";
import type { GroupDetail } from "@/lib/groups/queries";
import { counted } from "@/lib/lists/format-total";

/** What travels, of all that is known of a group. */
const subjectOf = ({ id, name, version, abilities, members: { all } }: GroupDetail) => ({
  ...{ id, name, version, abilities },
  members: { all },
});
export type GroupSubject = ReturnType<typeof subjectOf>;

/** The head of every page of one group: what it is, whose, and what can be done with it as a whole. */
export function GroupHeader({ group }: { group: GroupDetail }) {
  const { all } = group.members;
  return (
    <>
      <PageHeader
        crumbs={<Breadcrumb crumbs={[{ href: groupsPath, label: "Groups" }]} />}
        title={<PageTitle kind={group.abilities["group.update"].ok ? "Edit group" : undefined}>{group.name}</PageTitle>}
        facts={[
          group.owner ? (
            group.owner.visible ? (
              <>
                Owned by{" "}
                <a href={`/admin/users/${group.owner.id}`} className="rounded-sm hover:text-ink">
                  {group.owner.name}
                </a>
              </>
            ) : (
              `Owned by ${group.owner.name}`
            )
          ) : (
            "Has no owner"
          ),
          <a key="members" href={`${groupsPath}/${group.id}/members`} className="rounded-sm hover:text-ink">
            {counted(all, "member")}
          </a>,
          ...(group.description ? [group.description] : []),
        ]}
        actions={<GroupActions group={subjectOf(group)} />}
      />
      <GroupTabs
        id={group.id}
        counts={{
          roles: group.roles.filter(({ over }) => !over).length,
          members: all.value > 0 ? <TotalFigure total={all} /> : undefined,
        }}
      />
    </>
  );
}
