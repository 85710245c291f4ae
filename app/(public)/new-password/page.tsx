import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NewPasswordForm } from "@/components/auth/new-password-form";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { currentSession } from "@/lib/auth/current";
import { ownPath, withNext } from "@/lib/auth/next-path";
import { publicUrl } from "@/lib/env";

export const metadata: Metadata = { title: "New password" };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function NewPasswordPage({ searchParams }: { searchParams: Query }) {
  const next = ownPath((await searchParams).next);
  const session = await currentSession();
  if (!session) redirect(withNext("/sign-in", next));
  if (session.stage !== "new_password") redirect(next);
  return (
    <SignedOutLayout
      title="Choose a new password"
      lead="Your password has to be changed before you go on."
      foot={<span>{publicUrl().host}</span>}
    >
      <NewPasswordForm next={next} username={session.user.username} />
      <SignOutButton variant="quiet" size="l" />
    </SignedOutLayout>
  );
}
