import { DetailsForm } from "@/components/groups/details-form";
import { DetailsText } from "@/components/groups/details-text";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { groupOfPage, titleOfGroup } from "./group-of-page";

type Props = { params: Promise<{ id: string }> };

export const generateMetadata = ({ params }: Props) => titleOfGroup(params, "Edit group");

export default async function GroupDetailsPage({ params }: Props) {
  const ctx = await requireOperation("group.read");
  const { id } = await params;
  const group = await groupOfPage(ctx, id);
  if (!group.abilities["group.update"].ok)
    return <DetailsText group={group} zone={await currentZone()} now={ctx.now()} />;
  return <DetailsForm group={group} />;
}
