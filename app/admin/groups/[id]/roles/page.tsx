import { RolesForm } from "@/components/groups/roles-form";
import { RolesText } from "@/components/groups/roles-text";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { assignableRoles } from "@/lib/roles/queries";
import { groupOfPage, titleOfGroup } from "../group-of-page";

type Props = { params: Promise<{ id: string }> };

export const generateMetadata = ({ params }: Props) => titleOfGroup(params, "Roles");

export default async function GroupRolesPage({ params }: Props) {
  const ctx = await requireOperation("group.read");
  const { id } = await params;
  const group = await groupOfPage(ctx, id);
  if (!group.abilities["group.update"].ok)
    return <RolesText group={group} zone={await currentZone()} now={ctx.now()} />;
  return <RolesForm group={group} roles={await assignableRoles(ctx)} />;
}
