import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { UserHeader } from "@/components/users/user-header";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { orNotFound } from "@/lib/not-found";
import { getUser } from "@/lib/users/queries";

type Props = { children: ReactNode; params: Promise<{ id: string }> };

export default async function UserLayout({ children, params }: Props) {
  const ctx = await requireOperation("user.read");
  const { id } = await params;
  const user = await orNotFound(getUser(ctx, id), notFound);
  return (
    <>
      <UserHeader user={user} zone={await currentZone()} now={ctx.now()} />
      {children}
    </>
  );
}
