import { DetailsForm } from "@/components/service-accounts/details-form";
import { DetailsText } from "@/components/service-accounts/details-text";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { assignableRoles } from "@/lib/roles/queries";
import { accountOfPage, titleOfAccount } from "./account-of-page";

type Props = { params: Promise<{ id: string }> };

export const generateMetadata = ({ params }: Props) => titleOfAccount(params, "Details");

export default async function ServiceAccountDetailsPage({ params }: Props) {
  const ctx = await requireOperation("service_account.read");
  const account = await accountOfPage(ctx, (await params).id);
  const may = account.abilities["service_account.update"];
  if (!may.ok) return <DetailsText account={account} zone={await currentZone()} now={ctx.now()} reason={may.reason} />;
  const { id, version, name, ownerId, owner, roles } = account;
  return <DetailsForm account={{ id, version, name, ownerId, owner, roles }} roles={await assignableRoles(ctx)} />;
}
