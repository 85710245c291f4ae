import type { Metadata } from "next";
import { AdministratorsOnly } from "@/components/auth/administrators-only";
import { ProviderButton } from "@/components/auth/provider-button";
import { RequestLinkForm } from "@/components/links/request-link-form";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { LinkButton } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { mailWorks } from "@/lib/mail/transport";
import { onlyProvider } from "@/lib/people/only-way-in";
import { db } from "@/lib/platform/db";
import { readSettings } from "@/lib/platform/read-settings";

export const metadata: Metadata = { title: "Forgot password" };

export default async function ForgotPasswordPage() {
  const works = await mailWorks(db());
  const { "links.resetMinutes": minutes } = await readSettings(db());
  const only = await onlyProvider(db());
  const form = works ? (
    <RequestLinkForm minutes={minutes} />
  ) : (
    <Note title="Mail is not set up here.">Ask an administrator for a password link.</Note>
  );
  return (
    <SignedOutLayout
      title="Forgot password"
      lead={works && !only ? "You'll get a link to choose a new one by mail." : undefined}
    >
      {only ? (
        <>
          <Note>Everyone except administrators signs in through {only.name}, with their password there.</Note>
          <ProviderButton provider={only} next="/" primary />
          <AdministratorsOnly
            title="Administrators"
            hint="A new password is only useful to administrators."
            open={false}
          >
            {form}
          </AdministratorsOnly>
        </>
      ) : (
        form
      )}
      <LinkButton href="/sign-in" size="l">
        Back to sign-in
      </LinkButton>
    </SignedOutLayout>
  );
}
