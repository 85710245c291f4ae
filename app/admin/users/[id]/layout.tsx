import type { ReactNode } from "react";
import { UserHeader } from "@/components/users/user-header";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { userOfPage } from "./user-of-page";

type Props = { children: ReactNode; params: Promise<{ id: string }> };

export default async function UserLayout({ children, params }: Props) {
  const ctx = await requireOperation("user.read");
  const { id } = await params;
  const user = await userOfPage(ctx, id);
  return (
    <>
      <UserHeader user={user} zone={await currentZone()} now={ctx.now()} />
      {children}
    </>
  );
}
