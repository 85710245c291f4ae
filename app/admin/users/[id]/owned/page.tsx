import { notFound } from "next/navigation";
import { OwnedList } from "@/components/users/owned-list";
import { requireOperation } from "@/lib/auth/current";
import { authorize } from "@/lib/authz/authorize";
import { decideByScope, holdsBeyondSelf, noRelation } from "@/lib/authz/evaluate";
import { orNotFound } from "@/lib/http/not-found";
import { listOwned } from "@/lib/users/owned";
import { titleOfUser, userOfPage } from "../user-of-page";

type Props = { params: Promise<{ id: string }> };

export const generateMetadata = ({ params }: Props) => titleOfUser(params, "Owned Objects");

export default async function OwnedObjectsPage({ params }: Props) {
  const ctx = await requireOperation("user.read");
  const { id } = await params;
  const user = await userOfPage(ctx, id);
  const { access } = ctx.actor;
  const groups = decideByScope(access, "group.read", { ...noRelation, ownedGroups: user.isSelf });
  const accounts = await authorize(ctx, ctx.db, "service_account.read", { person: user });
  const resources = await authorize(ctx, ctx.db, "resource.read", { person: user });
  const opens = [
    ...(groups.allowed ? ["group" as const] : []),
    ...(accounts.ok && holdsBeyondSelf(access, "service_account.read") ? ["service_account" as const] : []),
    ...(resources.ok ? ["resource" as const] : []),
  ];
  return <OwnedList user={user} owned={await orNotFound(listOwned(ctx, user.id), notFound)} opens={opens} />;
}
