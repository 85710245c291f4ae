"use client";
import { KeyRound } from "lucide-react";
import { usePasskey } from "@/components/factors/use-passkey";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { askPasskeyAction, secondFactorPasskeyAction } from "@/lib/factors/actions";
import { beginPasskeySignInAction, passkeySignInAction } from "@/lib/sign-in/actions";

interface PasskeyButtonProps {
  /** `sign_in`: a passkey alone, of its holder; `second`: after the password. */
  step: "sign_in" | "second";
  /** A path of ours. */
  next: string;
}

/**
 * Signs in by passkey. Nothing is drawn where the browser has none, and nothing is seen without JavaScript. The server draws
 * it, since a button that comes later moves everything above it.
 */
export function PasskeyButton({ step, next }: PasskeyButtonProps) {
  const alone = step === "sign_in";
  const { run, possible, pending, message } = usePasskey({
    ask: () => (alone ? beginPasskeySignInAction({}) : askPasskeyAction({})),
    send: (given) => (alone ? passkeySignInAction({ ...given, next }) : secondFactorPasskeyAction({ ...given, next })),
    onSuccess: ({ path }) => window.location.assign(path),
  });
  if (!possible) return null;
  return (
    <>
      {message && (
        <Note tone="danger" role="alert">
          {message}
        </Note>
      )}
      <Button size="l" className="noscript:hidden" aria-busy={pending || undefined} onClick={run}>
        <KeyRound aria-hidden />
        {alone ? "Sign in with a passkey" : "Use a passkey"}
      </Button>
    </>
  );
}
