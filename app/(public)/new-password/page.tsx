import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NewPasswordForm } from "@/components/auth/new-password-form";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { currentSession } from "@/lib/auth/current";
import { ownPath, withNext } from "@/lib/auth/next-path";
import { stagedCtx } from "@/lib/auth/staged";
import { stagePath } from "@/lib/auth/stages";
import { shortestPasswordOf } from "@/lib/factors/short-passwords";
import type { Params } from "@/lib/lists/search-params";
import { newPasswordAction } from "@/lib/sign-in/actions";

export const metadata: Metadata = { title: "New password" };

type Query = Promise<Params>;

export default async function NewPasswordPage({ searchParams }: { searchParams: Query }) {
  const next = ownPath((await searchParams).next);
  const session = await currentSession();
  if (!session) redirect(withNext("/sign-in", next));
  if (session.stage !== "new_password") redirect(stagePath(session.stage, next));
  return (
    <SignedOutLayout title="Choose a new password" lead="You must change your password before you continue.">
      <NewPasswordForm
        action={newPasswordAction}
        along={{ name: "next", value: next }}
        username={session.user.username}
        shortest={await shortestPasswordOf(await stagedCtx("new_password"), session.user.id)}
      />
      <SignOutButton variant="quiet" size="l" />
    </SignedOutLayout>
  );
}
