import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ClientBoard } from "@/components/clients/client-board";
import { columnView } from "@/components/list/column-view";
import { currentColumns } from "@/lib/auth/columns";
import { requireOwnAccount } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { clientList } from "@/lib/clients/filters";
import { openClientList } from "@/lib/clients/queries";
import { referenceClient } from "@/lib/clients/reference-client";
import type { Params } from "@/lib/lists/search-params";
import { publicUrl } from "@/lib/platform/env";

export const metadata: Metadata = { title: "Token Management" };

type Props = { searchParams: Promise<Params> };

export default async function OwnClientsPage({ searchParams }: Props) {
  const ctx = await requireOwnAccount();
  const list = await openClientList(ctx, ctx.actor.id, await searchParams);
  if (!list) notFound();
  const view = {
    title: "Token Management",
    own: true,
    path: "/account/clients",
    server: publicUrl().href.replace(/\/$/, ""),
    clientHash: referenceClient().sha256,
    zone: await currentZone(),
    now: ctx.now(),
    ...columnView(clientList, await currentColumns(clientList)),
  };
  return <ClientBoard list={list} view={view} />;
}
