import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { OwnedList } from "@/components/users/owned-list";
import { requireOperation } from "@/lib/auth/current";
import { orNotFound } from "@/lib/not-found";
import { ownedObjects } from "@/lib/users/owned";
import { getUser } from "@/lib/users/queries";

type Props = { params: Promise<{ id: string }> };

export const metadata: Metadata = { title: "Owned Objects" };

export default async function OwnedObjectsPage({ params }: Props) {
  const ctx = await requireOperation("user.read");
  const { id } = await params;
  const user = await orNotFound(getUser(ctx, id), notFound);
  return <OwnedList name={user.name} objects={await ownedObjects(ctx.db, user.id)} />;
}
