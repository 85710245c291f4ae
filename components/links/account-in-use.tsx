import { ProviderButton } from "@/components/auth/provider-button";
import { SignedOutLayout } from "@/components/shell/signed-out-layout";
import { LinkButton } from "@/components/ui/button";
import type { InUse } from "@/lib/links/queries";

/** In place of an invitation whose person has signed in through a provider in the meantime: nothing is wrong, and how to sign in. */
export function AccountInUse({ name, provider }: InUse) {
  return (
    <SignedOutLayout
      title="Your account is in use"
      lead={`${name} has already signed in, so there is nothing to accept. ${
        provider ? `Sign in through ${provider.name}, as before.` : "Sign in as before."
      }`}
    >
      {provider ? (
        <ProviderButton provider={provider} next="/" primary />
      ) : (
        <LinkButton href="/sign-in" variant="primary" size="l">
          Sign in
        </LinkButton>
      )}
    </SignedOutLayout>
  );
}
