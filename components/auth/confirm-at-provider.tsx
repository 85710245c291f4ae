"use client";
import { useEffect, useRef } from "react";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { startConfirmAction } from "@/lib/sign-in/actions";

type ConfirmAtProviderProps = {
  provider: { slug: string; name: string };
  /** Why the last time confirmed nothing. */
  problem: string | null;
  /** Starts by itself once the page is shown. */
  atOnce: boolean;
};

/** Continues at the provider, which leads back here. */
export function ConfirmAtProvider({ provider: { slug, name }, problem, atOnce }: ConfirmAtProviderProps) {
  const { run, pending, message } = useAction(startConfirmAction, ({ url }) => window.location.assign(url));
  const begun = useRef(false);

  useEffect(() => {
    if (!atOnce || begun.current) return;
    begun.current = true;
    void run({ slug });
  }, [atOnce, run, slug]);

  const said = message ?? problem;
  return (
    <>
      {said && (
        <Note tone="danger" role="alert">
          {said}
        </Note>
      )}
      <Button size="l" variant="primary" wraps aria-busy={pending || undefined} onClick={() => run({ slug })}>
        <span className="min-w-0">{pending ? `Continuing to ${name}` : `Confirm at ${name}`}</span>
      </Button>
    </>
  );
}
