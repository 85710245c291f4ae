import { Time } from "@/components/ui/time";

type LastSignInProps = { at: Date | null; zone: string; now: Date };

export function LastSignIn({ at, zone, now }: LastSignInProps) {
  if (!at) return "Never signed in";
  return (
    <>
      Last sign-in <Time at={at} zone={zone} now={now} />
    </>
  );
}
