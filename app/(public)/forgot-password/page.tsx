import type { Metadata } from "next";
import { headers } from "next/headers";
import { OtherAddress } from "@/components/auth/other-address";
import { RequestLinkForm } from "@/components/links/request-link-form";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { LinkButton } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { openedHost } from "@/lib/auth/origin";
import { db } from "@/lib/db";
import { publicUrl } from "@/lib/env";
import { mailWorks } from "@/lib/mail/transport";
import { readSettings } from "@/lib/settings/read";

export const metadata: Metadata = { title: "Forgot password" };

export default async function ForgotPasswordPage() {
  const works = await mailWorks(db());
  const { "links.resetMinutes": minutes } = await readSettings(db());
  const address = publicUrl();
  return (
    <SignedOutLayout
      title="Forgot password"
      lead="A link to choose a new one comes by mail."
      foot={<span>{address.host}</span>}
    >
      <OtherAddress opened={openedHost(await headers())} configured={address} />
      {works ? (
        <RequestLinkForm minutes={minutes} />
      ) : (
        <Note title="Mail is not set up here.">An administrator can make a link for you, and hand it over.</Note>
      )}
      <LinkButton href="/sign-in" size="l" prefetch={false}>
        Back to sign-in
      </LinkButton>
    </SignedOutLayout>
  );
}
