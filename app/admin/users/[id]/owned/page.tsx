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
  const opensGroups = decideByScope(ctx.actor.access, "group.read", {
    ...noRelation,
    ownedGroups: user.isSelf,
  }).allowed;
  const objects = await orNotFound(listOwned(ctx, user.id), notFound);
  const accounts = await authorize(ctx, ctx.db, "service_account.read", { person: user });
  const opensAccounts = accounts.ok && holdsBeyondSelf(ctx.actor.access, "service_account.read");
  return <OwnedList name={user.name} objects={objects} opensGroups={opensGroups} opensAccounts={opensAccounts} />;
}
