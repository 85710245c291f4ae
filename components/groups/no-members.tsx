import { ListEmpty } from "@/components/list/list-empty";
import { LinkButton } from "@/components/ui/button";
import { toMembersHref } from "@/lib/groups/filters";
import type { GroupDetail } from "@/lib/groups/queries";
import { counted } from "@/lib/lists/format-total";

type NoMembersProps = { group: GroupDetail; q: string };

/** What was searched, among how many; or that nobody is in the group yet. */
export function NoMembers({ group, q }: NoMembersProps) {
  const { all, seen } = group.members;
  const given = group.roles.filter(({ over }) => !over);
  if (q)
    return (
      <ListEmpty
        kind="nothing-found"
        title={`Nobody in ${group.name} matches "${q}".`}
        actions={<LinkButton href={toMembersHref(group.id, {})}>Clear the search</LinkButton>}
      >
        Searched name, user name, email and id, among {counted(seen, "person", "people")}.
      </ListEmpty>
    );
  return (
    <ListEmpty
      kind="nothing-yet"
      title={all.value > 0 ? `Nobody you can see is in ${group.name}.` : `Nobody is in ${group.name} yet.`}
    >
      {given.length > 0
        ? `Members get ${given.map(({ name }) => name).join(", ")}.`
        : "Members get the roles that the group is given."}
    </ListEmpty>
  );
}
