import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ConfirmAtProvider } from "@/components/auth/confirm-at-provider";
import { Confirmed } from "@/components/auth/confirmed";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { Note } from "@/components/ui/note";
import { currentSession } from "@/lib/auth/current";
import { stagedCtx } from "@/lib/auth/staged";
import { stagePath } from "@/lib/auth/stages";
import { isSteppedUp } from "@/lib/auth/step-up";
import { askedAbout } from "@/lib/identity-providers/queries";
import type { Params } from "@/lib/lists/search-params";
import { outcomeSentence } from "@/lib/sign-in/providers/outcomes";
import { isRefusalCode } from "@/lib/sign-in/providers/refusals";

export const metadata: Metadata = { title: "Confirm it's you" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<Params> };

/** Where somebody confirms who they are at a provider, in a window of its own, also while they enrol a second factor (S7, S8). */
export default async function ConfirmAtProviderPage({ params, searchParams }: Props) {
  const session = await currentSession();
  if (!session) redirect("/sign-in");
  if (session.stage !== "open" && session.stage !== "enrol_factor") redirect(stagePath(session.stage, "/"));
  const ctx = await stagedCtx("open", "enrol_factor");
  const slug = (await params).slug.slice(0, 40);
  const provider = await askedAbout(ctx.db, slug);
  const { confirm: word } = await searchParams;
  if (word === "passed" && (await isSteppedUp(ctx, ctx.db)))
    return (
      <SignedOutLayout title="Confirmed">
        <Confirmed />
      </SignedOutLayout>
    );
  const code = typeof word === "string" && isRefusalCode(word) ? word : null;
  return (
    <SignedOutLayout title="Confirm it's you" lead={provider ? `at ${provider.name}` : undefined}>
      {provider ? (
        <ConfirmAtProvider
          provider={{ slug, name: provider.name }}
          problem={code && outcomeSentence("confirm", code, provider)}
          atOnce={word === undefined}
        />
      ) : (
        <Note tone="danger" role="alert">
          {outcomeSentence("confirm", "off", null)}
        </Note>
      )}
    </SignedOutLayout>
  );
}
