import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NewPasswordForm } from "@/components/auth/new-password-form";
import { OnlyProvider } from "@/components/auth/only-provider";
import { AccountInUse } from "@/components/links/account-in-use";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { anonymousCtx } from "@/lib/auth/current";
import { acceptInvitationAction } from "@/lib/invitations/actions";
import { findInUse, findOpenLink } from "@/lib/links/queries";

export const metadata: Metadata = { title: "Invitation" };

type Props = { params: Promise<{ token: string }> };

export default async function InvitationPage({ params }: Props) {
  const { token } = await params;
  const ctx = await anonymousCtx();
  const link = await findOpenLink(ctx, "invitation", token);
  if (!link) {
    const inUse = await findInUse(ctx, token);
    return inUse ? <AccountInUse {...inUse} /> : notFound();
  }
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
