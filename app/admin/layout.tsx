import type { ReactNode } from "react";
import { Console } from "@/components/shell/console";
import { requireAnyOperation } from "@/lib/auth/current";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { shellData } from "@/lib/shell/shell-data";
import { searchPaletteAction } from "@/lib/users/actions";

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const ctx = await requireAnyOperation();
  return (
    <Console
      {...(await shellData(ctx))}
      search={holdsBeyondSelf(ctx.actor.access, "user.read") ? searchPaletteAction : undefined}
    >
      {children}
    </Console>
  );
}
