import type { ReactNode } from "react";
import { Console } from "@/components/shell/console";
import { requireAnyOperation } from "@/lib/auth/current";
import { shellData } from "@/lib/shell/shell-data";

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const ctx = await requireAnyOperation();
  return <Console {...(await shellData(ctx))}>{children}</Console>;
}
