import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DetailsForm } from "@/components/groups/details-form";
import { DetailsText } from "@/components/groups/details-text";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { getGroup } from "@/lib/groups/queries";
import { orNotFound } from "@/lib/not-found";

type Props = { params: Promise<{ id: string }> };

export const metadata: Metadata = { title: "Edit group" };

export default async function GroupDetailsPage({ params }: Props) {
  const ctx = await requireOperation("group.read");
  const { id } = await params;
  const group = await orNotFound(getGroup(ctx, id), notFound);
  if (!group.abilities["group.update"].ok)
    return <DetailsText group={group} zone={await currentZone()} now={ctx.now()} />;
  return <DetailsForm group={group} />;
}
