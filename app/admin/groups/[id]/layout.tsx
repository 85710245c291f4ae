import type { ReactNode } from "react";
import { GroupHeader } from "@/components/groups/group-header";
import { requireOperation } from "@/lib/auth/current";
import { groupOfPage } from "./group-of-page";

type Props = { children: ReactNode; params: Promise<{ id: string }> };

export default async function GroupLayout({ children, params }: Props) {
  const ctx = await requireOperation("group.read");
  const { id } = await params;
  const group = await groupOfPage(ctx, id);
  return (
    <>
      <GroupHeader group={group} />
      {children}
    </>
  );
}
