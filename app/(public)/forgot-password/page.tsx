import type { Metadata } from "next";
import { RequestLinkForm } from "@/components/links/request-link-form";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { LinkButton } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { db } from "@/lib/db";
import { mailWorks } from "@/lib/mail/transport";
import { readSettings } from "@/lib/settings/read";

export const metadata: Metadata = { title: "Forgot password" };

export default async function ForgotPasswordPage() {
  const works = await mailWorks(db());
  const { "links.resetMinutes": minutes } = await readSettings(db());
  return (
    <SignedOutLayout title="Forgot password" lead="A link to choose a new one comes by mail.">
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
