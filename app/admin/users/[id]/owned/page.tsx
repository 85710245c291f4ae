import { notFound } from "next/navigation";
import { OwnedList } from "@/components/users/owned-list";
import { requireOperation } from "@/lib/auth/current";
import { decideByScope, noRelation } from "@/lib/authz/evaluate";
import { orNotFound } from "@/lib/http/not-found";
import { listOwned } from "@/lib/users/owned";
import { titleOfUser, userOfPage } from "../user-of-page";

type Props = { params: Promise<{ id: string }> };

export const generateMetadata = ({ params }: Props) => titleOfUser(params, "Owned Objects");

export default async function OwnedObjectsPage({ params }: Props) {
  const ctx = await requireOperation("user.read");
  const { id } = await params;
  const user = await userOfPage(ctx, id);
  const opensGroups = decideByScope(ctx.actor.access, "group.read", {
    ...noRelation,
    ownedGroups: user.isSelf,
  }).allowed;
  const objects = await orNotFound(listOwned(ctx, user.id), notFound);
  return <OwnedList name={user.name} objects={objects} opensGroups={opensGroups} />;
}
