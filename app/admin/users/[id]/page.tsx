import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DetailsForm } from "@/components/users/details-form";
import { DetailsText } from "@/components/users/details-text";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { orNotFound } from "@/lib/not-found";
import { assignableRoles } from "@/lib/roles/queries";
import { getUser } from "@/lib/users/queries";

type Props = { params: Promise<{ id: string }> };

export const metadata: Metadata = { title: "Edit User" };

export default async function UserDetailsPage({ params }: Props) {
  const ctx = await requireOperation("user.read");
  const { id } = await params;
  const user = await orNotFound(getUser(ctx, id), notFound);
  const roles = await assignableRoles(ctx);
  if (!user.abilities["user.update"].ok)
    return <DetailsText user={user} roles={roles} zone={await currentZone()} now={ctx.now()} />;
  return <DetailsForm user={user} roles={roles} />;
}
