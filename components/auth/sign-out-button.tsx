"use client";
import { LogOut } from "lucide-react";
import { SubmitButton } from "@/components/form/submit-button";
import type { ButtonProps } from "@/components/ui/button";
import { SignOutForm } from "./sign-out-form";

type SignOutButtonProps = Pick<ButtonProps, "variant" | "size" | "className">;

export function SignOutButton({ variant = "default", ...look }: SignOutButtonProps) {
  return (
    <SignOutForm>
      <SubmitButton {...look} always variant={variant} pendingLabel="Signing out">
        <LogOut aria-hidden />
        Sign out
      </SubmitButton>
    </SignOutForm>
  );
}
