import type { ReactNode } from "react";
import { Console } from "@/components/shell/console";
import { requireSignedIn } from "@/lib/auth/current";
import { shellData } from "@/lib/shell/shell-data";

export default async function HelpLayout({ children }: { children: ReactNode }) {
  return <Console {...(await shellData(await requireSignedIn()))}>{children}</Console>;
}
