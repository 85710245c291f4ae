import { notFound } from "next/navigation";
import { SessionLists } from "@/components/sessions/session-lists";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { findSessionsOf } from "@/lib/sessions/queries";
import { titleOfUser } from "../user-of-page";

type Props = { params: Promise<{ id: string }> };

export const generateMetadata = ({ params }: Props) => titleOfUser(params, "Sessions");

export default async function UserSessionsPage({ params }: Props) {
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
