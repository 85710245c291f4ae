import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RolesForm } from "@/components/groups/roles-form";
import { RolesText } from "@/components/groups/roles-text";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { getGroup } from "@/lib/groups/queries";
import { orNotFound } from "@/lib/not-found";
import { assignableRoles } from "@/lib/roles/queries";

type Props = { params: Promise<{ id: string }> };

export const metadata: Metadata = { title: "Roles of a group" };

export default async function GroupRolesPage({ params }: Props) {
  const ctx = await requireOperation("group.read");
  const { id } = await params;
  const group = await orNotFound(getGroup(ctx, id), notFound);
  if (!group.abilities["group.update"].ok)
    return <RolesText group={group} zone={await currentZone()} now={ctx.now()} />;
  return <RolesForm group={group} roles={await assignableRoles(ctx)} />;
}
