import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NewPasswordForm } from "@/components/auth/new-password-form";
import { OnlyProvider } from "@/components/auth/only-provider";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { anonymousCtx } from "@/lib/auth/current";
import { findOpenLink } from "@/lib/links/queries";
import { redeemResetAction } from "@/lib/passwords/actions";

export const metadata: Metadata = { title: "New password" };

type Props = { params: Promise<{ token: string }> };

export default async function ResetPasswordPage({ params }: Props) {
  const { token } = await params;
  const link = await findOpenLink(await anonymousCtx(), "password_reset", token);
  if (!link) notFound();
  return (
    <SignedOutLayout
      title={link.only ? "Sign in" : "Choose a new password"}
      lead={
        link.only ? (
          "to the console"
        ) : (
          <>
            For the user name <b className="text-ink">{link.username}</b>. You'll be signed out everywhere.
          </>
        )
      }
    >
      {link.only ? (
        <OnlyProvider provider={link.only} next="/" />
      ) : (
        <NewPasswordForm
          action={redeemResetAction}
          along={{ name: "token", value: token }}
          username={link.username}
          shortest={link.shortestPassword}
        />
      )}
    </SignedOutLayout>
  );
}
