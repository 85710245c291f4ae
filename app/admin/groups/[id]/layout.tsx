import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { GroupHeader } from "@/components/groups/group-header";
import { requireOperation } from "@/lib/auth/current";
import { getGroup } from "@/lib/groups/queries";
import { orNotFound } from "@/lib/not-found";

type Props = { children: ReactNode; params: Promise<{ id: string }> };

export default async function GroupLayout({ children, params }: Props) {
  const ctx = await requireOperation("group.read");
  const { id } = await params;
  const group = await orNotFound(getGroup(ctx, id), notFound);
  return (
    <>
      <GroupHeader group={group} />
      {children}
    </>
  );
}
