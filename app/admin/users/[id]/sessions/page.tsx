import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SessionLists } from "@/components/sessions/session-lists";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { findSessionsOf } from "@/lib/sessions/queries";

export const metadata: Metadata = { title: "Sessions" };

export default async function UserSessionsPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireOperation("session.read");
  const found = await findSessionsOf(ctx, (await params).id);
  if (!found) notFound();
  const { person, lists, mayEnd } = found;
  return (
    <SessionLists
      person={person}
      lists={lists}
      zone={await currentZone()}
      now={ctx.now()}
      reason={mayEnd.ok ? undefined : mayEnd.reason}
    />
  );
}
