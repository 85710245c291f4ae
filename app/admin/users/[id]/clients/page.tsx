import { notFound } from "next/navigation";
import { ClientBoard } from "@/components/clients/client-board";
import { columnView } from "@/components/list/column-view";
import { currentColumns } from "@/lib/auth/columns";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { clientList } from "@/lib/clients/filters";
import { openClientList } from "@/lib/clients/queries";
import { referenceClient } from "@/lib/clients/reference-client";
import type { Params } from "@/lib/lists/search-params";
import { publicUrl } from "@/lib/platform/env";
import { titleOfUser } from "../user-of-page";

export const generateMetadata = ({ params }: Props) => titleOfUser(params, "Client Provision");

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Params>;
};

export default async function UserClientsPage({ params, searchParams }: Props) {
  const ctx = await requireOperation("client.read");
  const { id } = await params;
  const list = await openClientList(ctx, id, await searchParams);
  if (!list) notFound();
  const view = {
    title: "Client Provision",
    own: ctx.actor.access.personId === id,
    path: `/admin/users/${id}/clients`,
    server: publicUrl().href.replace(/\/$/, ""),
    clientHash: referenceClient().sha256,
    zone: await currentZone(),
    now: ctx.now(),
    ...columnView(clientList, await currentColumns(clientList)),
  };
  return <ClientBoard list={list} view={view} />;
}
