import { ProviderButton } from "@/components/auth/provider-button";
import { Note } from "@/components/ui/note";
import type { OnlyProvider as Only } from "@/lib/people/only-way-in";

interface OnlyProviderProps {
  provider: Pick<Only, "slug" | "name" | "contact">;
  /** A path of ours. */
  next: string;
}

/** In place of a password that would open nothing: where to go instead, and whom to ask. */
export function OnlyProvider({ provider, next }: OnlyProviderProps) {
  const { slug, name, contact } = provider;
  return (
    <>
      <Note>
        You sign in through {name}, so you don't need a password here. If {name} does not know you, ask{" "}
        {contact || "an administrator of Gatehouse"}.
      </Note>
      <ProviderButton provider={{ slug, name }} next={next} primary />
    </>
  );
}
