import { notFound } from "next/navigation";
import { OwnedList } from "@/components/users/owned-list";
import { requireOperation } from "@/lib/auth/current";
import { authorize } from "@/lib/authz/authorize";
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
  const { allowed } = decideByScope(ctx.actor.access, "group.read", { ...noRelation, ownedGroups: user.isSelf });
  const resources = await authorize(ctx, ctx.db, "resource.read", { person: user });
  const opens = [...(allowed ? ["group" as const] : []), ...(resources.ok ? ["resource" as const] : [])];
  return <OwnedList user={user} owned={await orNotFound(listOwned(ctx, user.id), notFound)} opens={opens} />;
}
