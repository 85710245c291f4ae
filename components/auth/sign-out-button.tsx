"use client";
import { SubmitButton } from "@/components/form/submit-button";
import type { ButtonProps } from "@/components/ui/button";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { SignOutForm } from "./sign-out-form";

type SignOutButtonProps = Pick<ButtonProps, "variant" | "size" | "className">;

export function SignOutButton({ variant = "default", ...look }: SignOutButtonProps) {
  return (
    <SignOutForm>
      <SubmitButton {...look} always variant={variant} pendingLabel="Signing out">
        <SpriteIcon name="log-out" />
        Sign out
      </SubmitButton>
    </SignOutForm>
  );
}
