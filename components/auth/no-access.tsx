"use client";
import { ShieldOff } from "lucide-react";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { Statement } from "@/components/auth/statement";
import { LinkButton } from "@/components/ui/button";

/** R12: signed in, and none of one's roles opens this. Says so, and whom to ask. */
export function NoAccess() {
  return (
    <Statement
      icon={ShieldOff}
      title="None of your roles opens this screen"
      actions={
        <>
          <LinkButton href="/account" variant="primary">
            My profile
          </LinkButton>
          <SignOutButton />
        </>
      }
    >
      You are signed in. Ask an administrator of Gatehouse to give you a role that opens it; it works from then on,
      without signing in again.
    </Statement>
  );
}
