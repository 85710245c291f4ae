import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NotInView } from "@/components/auth/refusals";
import { Console } from "@/components/shell/console";
import { requireSignedIn } from "@/lib/auth/current";
import { shellData } from "@/lib/shell/shell-data";

export const metadata: Metadata = { title: "My profile" };

/** Where a view leads in place of the pages of one's own account. */
export default async function NotInViewPage() {
  const ctx = await requireSignedIn();
  const { viewing } = ctx.actor;
  if (!viewing) redirect("/account");
  const shell = await shellData(ctx);
  return (
    <Console {...shell}>
      <NotInView name={viewing.name} opensHome={shell.screens.some(({ href }) => href === "/admin")} />
    </Console>
  );
}
