import type { Metadata } from "next";
import { OwnedList } from "@/components/users/owned-list";
import { decide, noRelation } from "@/lib/access/decide";
import { requireOperation } from "@/lib/auth/current";
import { ownedObjects } from "@/lib/users/owned";
import { userOfPage } from "../user-of-page";

type Props = { params: Promise<{ id: string }> };

export const metadata: Metadata = { title: "Owned Objects" };

export default async function OwnedObjectsPage({ params }: Props) {
  const ctx = await requireOperation("user.read");
  const { id } = await params;
  const user = await userOfPage(ctx, id);
  const opensGroups = decide(ctx.actor.access, "group.read", { ...noRelation, ownedGroups: user.isSelf }).allowed;
  return (
    <OwnedList name={user.name} objects={await ownedObjects(ctx.db, user.id, ctx.now())} opensGroups={opensGroups} />
  );
}
