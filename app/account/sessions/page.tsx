import type { Metadata } from "next";
import { SessionLists } from "@/components/sessions/session-lists";
import { getAccount } from "@/lib/account/queries";
import { requireOwnAccount } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { listSessions } from "@/lib/sessions/queries";

export const metadata: Metadata = { title: "Sessions" };

export default async function OwnSessionsPage() {
  const ctx = await requireOwnAccount();
  const { id, name } = await getAccount(ctx);
  const lists = await listSessions(ctx, id);
  return <SessionLists person={{ id, name }} lists={lists} zone={await currentZone()} now={ctx.now()} />;
}
