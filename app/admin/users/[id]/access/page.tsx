import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AccessForm } from "@/components/users/access-form";
import { AccessText } from "@/components/users/access-text";
import { EffectiveRoles } from "@/components/users/effective-roles";
import { loadAccess } from "@/lib/access/load";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { orNotFound } from "@/lib/not-found";
import { accessOf, getUser } from "@/lib/users/queries";

type Props = { params: Promise<{ id: string }> };

export const metadata: Metadata = { title: "Roles and Groups" };

export default async function UserAccessPage({ params }: Props) {
  const ctx = await requireOperation("user.read");
  const { id } = await params;
  const user = await orNotFound(getUser(ctx, id), notFound);
  const given = await accessOf(ctx, user.id);
  const held = await loadAccess(ctx.db, user.id, ctx.now());
  const zone = await currentZone();
  return (
    <div className="grid max-w-[960px] gap-4">
      {user.abilities["user.update"].ok ? (
        <AccessForm user={user} given={given} />
      ) : (
        <AccessText user={user} given={given} zone={zone} now={ctx.now()} />
      )}
      <EffectiveRoles name={user.firstName} access={held} zone={zone} now={ctx.now()} />
    </div>
  );
}
