"use client";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { Statement } from "@/components/auth/statement";
import { LinkButton } from "@/components/ui/button";

/** R12: signed in, and none of one's roles opens this. Says so, and whom to ask. */
export function NoAccess() {
  return (
    <Statement
      icon={
        <>
          <path d="m2 2 20 20" />
          <path d="M5 5a1 1 0 0 0-1 1v7c0 5 3.5 7.5 7.67 8.94a1 1 0 0 0 .67.01c2.35-.82 4.48-1.97 5.9-3.71" />
          <path d="M9.309 3.652A12.252 12.252 0 0 0 11.24 2.28a1.17 1.17 0 0 1 1.52 0C14.51 3.81 17 5 19 5a1 1 0 0 1 1 1v7a9.784 9.784 0 0 1-.08 1.264" />
        </>
      }
      title="You don't have access to this page"
      actions={
        <>
          <LinkButton href="/account" variant="primary">
            My profile
          </LinkButton>
          <SignOutButton />
        </>
      }
    >
      You are signed in. Ask an administrator of Gatehouse to give you a role with access to it. It works from then on,
      without signing in again.
    </Statement>
  );
}
