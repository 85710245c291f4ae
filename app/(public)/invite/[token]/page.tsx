import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NewPasswordForm } from "@/components/auth/new-password-form";
import { OnlyProvider } from "@/components/auth/only-provider";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { anonymousCtx } from "@/lib/auth/current";
import { acceptInvitationAction } from "@/lib/invitations/actions";
import { findOpenLink } from "@/lib/links/queries";

export const metadata: Metadata = { title: "Invitation" };

type Props = { params: Promise<{ token: string }> };

export default async function InvitationPage({ params }: Props) {
  const { token } = await params;
  const link = await findOpenLink(await anonymousCtx(), "invitation", token);
  if (!link) notFound();
  return (
    <SignedOutLayout
      title={`Welcome, ${link.name}`}
      lead={
        link.only ? (
          `Your account is ready. You sign in to it through ${link.only.name}.`
        ) : (
          <>
            Choose a password for your user name <b className="text-ink">{link.username}</b>.
          </>
        )
      }
    >
      {link.only ? (
        <OnlyProvider provider={link.only} next="/" />
      ) : (
        <NewPasswordForm
          action={acceptInvitationAction}
          along={{ name: "token", value: token }}
          username={link.username}
          shortest={link.shortestPassword}
          label="Accept the invitation"
          pendingLabel="Accepting"
        />
      )}
    </SignedOutLayout>
  );
}
