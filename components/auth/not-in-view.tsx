"use client";
import { Statement } from "@/components/auth/statement";
import { StopViewing } from "@/components/auth/stop-viewing";
import { LinkButton } from "@/components/ui/button";

/** Replaces "My profile" while somebody views the console as another person. `opensHome`: that person sees "Home". */
export function NotInView({ name, opensHome }: { name: string; opensHome: boolean }) {
  return (
    <Statement
      icon={
        <>
          <circle cx="12" cy="8" r="5" />
          <path d="M20 21a8 8 0 0 0-16 0" />
        </>
      }
      title="“My profile” isn't part of the view"
      actions={
        <>
          {opensHome && <LinkButton href="/admin">Home</LinkButton>}
          <StopViewing size="default">Stop viewing</StopViewing>
        </>
      }
    >
      You're viewing as {name}. You cannot see their profile, password, second factors, tokens or sessions. Your own are
      back when you stop.
    </Statement>
  );
}
