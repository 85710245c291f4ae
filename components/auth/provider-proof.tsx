"use client";
import { type MouseEvent, useEffect, useRef } from "react";
import { hearConfirmed } from "@/components/auth/confirm-channel";
import { answerOf } from "@/components/ui/answer-of";
import { buttonLook } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { isSteppedUpAction } from "@/lib/factors/actions";
import { confirmPath } from "@/lib/factors/pages";
import type { ProofWays } from "@/lib/factors/queries";

type ProviderProofProps = { providers: ProofWays["providers"]; onProved: () => void };

/** By a new sign-in at a provider, in a window of its own: what was typed in this one stays (S8). */
export function ProviderProof({ providers, onProved }: ProviderProofProps) {
  const opened = useRef<Window | null>(null);
  const proved = useRef(onProved);
  proved.current = onProved;

  useEffect(() => {
    let current = true;
    // The message proves nothing: the server is asked.
    const look = () =>
      answerOf(isSteppedUpAction({})).then(
        (fresh) => current && fresh && proved.current(),
        () => {},
      );
    const stop = hearConfirmed(look);
    return () => {
      current = false;
      stop();
      opened.current?.close();
    };
  }, []);

  /** Where the browser opens no window of this size, the link opens a tab. */
  function open(event: MouseEvent<HTMLAnchorElement>) {
    opened.current = window.open(event.currentTarget.href, "gatehouse-confirm", "popup,width=480,height=760");
    if (opened.current) event.preventDefault();
  }

  const [first] = providers;
  return (
    <>
      <DialogBody>
        <p className="text-ui text-ink-2">
          {providers.length === 1 ? first?.name : "The provider"} asks you to sign in again in another window. This page
          continues automatically afterwards.
        </p>
      </DialogBody>
      <DialogFooter>
        {providers.map(({ slug, name }, place) => (
          <a
            key={slug}
            href={confirmPath(slug)}
            target="_blank"
            rel="noopener opener"
            onClick={open}
            className={cn(buttonLook({ variant: place === 0 ? "primary" : "default", wraps: true }))}
          >
            <span className="min-w-0">Confirm at {name}</span>
          </a>
        ))}
      </DialogFooter>
    </>
  );
}
