import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SetupForm } from "@/components/setup/setup-form";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { db } from "@/lib/platform/db";
import { isSetUp, listPresets } from "@/lib/setup/queries";

export const metadata: Metadata = { title: "Set up" };

export default async function SetupPage() {
  if (await isSetUp(db())) notFound();
  return (
    <SignedOutLayout
      title="Set up Gatehouse"
      lead="There are no users yet. Create the first administrator here. This page works only once."
    >
      <SetupForm presets={listPresets()} />
    </SignedOutLayout>
  );
}
