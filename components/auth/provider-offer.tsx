"use client";
import { useEffect, useState } from "react";
import { providerFormId } from "@/components/auth/provider-form-id";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import type { OfferedProvider } from "@/lib/identity-providers/queries";
import { providerOfNameAction } from "@/lib/sign-in/actions";

/** The wait after the last letter, in milliseconds. */
const quiet = 250;

const domainOf = (typed: string) => /@([^@\s]+\.[^@\s]{2,})$/.exec(typed.trim())?.[1] ?? null;

/** The provider of the domain of what is typed; null until it is an email of one. */
export function useProviderOf(typed: string): OfferedProvider | null {
  const domain = domainOf(typed);
  const [found, setFound] = useState<{ domain: string; provider: OfferedProvider | null } | null>(null);

  useEffect(() => {
    if (domain === null) return;
    let over = false;
    const timer = window.setTimeout(async () => {
      // Where this cannot be asked, the button of the provider is there all the same.
      const result = await providerOfNameAction(`x@${domain}`).catch(() => null);
      if (!over && result?.ok) setFound({ domain, provider: result.value });
    }, quiet);
    return () => {
      over = true;
      window.clearTimeout(timer);
    };
  }, [domain]);

  return found?.domain === domain ? found.provider : null;
}

/** Is below the name, and presses the provider's own button. */
export function ProviderOffer({ provider: { slug, name } }: { provider: OfferedProvider }) {
  return (
    <Note
      tone="accent"
      actions={
        <Button size="s" type="submit" form={providerFormId(slug)} formNoValidate>
          Continue
        </Button>
      }
    >
      With this email you can sign in through {name}.
    </Note>
  );
}
