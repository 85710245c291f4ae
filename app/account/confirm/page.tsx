import type { Metadata } from "next";
import { ConfirmDownload } from "@/components/auth/confirm-download";
import { requireOwnAccount } from "@/lib/auth/current";
import { ownPath } from "@/lib/auth/next-path";
import type { Params } from "@/lib/lists/search-params";

export const metadata: Metadata = { title: "Confirm it's you" };

type Query = Promise<Params>;

/** The page of a download that requires step-up (S8): it asks, and the download begins. */
export default async function ConfirmPage({ searchParams }: { searchParams: Query }) {
  await requireOwnAccount();
  return <ConfirmDownload href={ownPath((await searchParams).next)} />;
}
