import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ConfirmEmailForm } from "@/components/links/confirm-email-form";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { anonymousCtx } from "@/lib/auth/current";
import { findOpenLink } from "@/lib/links/queries";

export const metadata: Metadata = { title: "Confirm your email" };

type Props = { params: Promise<{ token: string }> };

export default async function ConfirmEmailPage({ params }: Props) {
  const { token } = await params;
  const link = await findOpenLink(await anonymousCtx(), "email_change", token);
  if (!link) notFound();
  return (
    <SignedOutLayout
      title="Confirm your email"
      lead={
        <>
          <b className="text-ink wrap-break-word">{link.address}</b> becomes the email of the user name{" "}
          <b className="text-ink">{link.username}</b>, and signs in.
        </>
      }
    >
      <ConfirmEmailForm token={token} />
    </SignedOutLayout>
  );
}
