import { LogOut } from "lucide-react";
import { SubmitButton } from "@/components/form/submit-button";
import type { ButtonProps } from "@/components/ui/button";
import { signOutAction } from "@/lib/auth/actions";

type SignOutButtonProps = Pick<ButtonProps, "variant" | "size" | "className">;

/** A form of its own, so that it works without JavaScript. */
export function SignOutButton({ variant = "default", ...look }: SignOutButtonProps) {
  return (
    <form action={signOutAction}>
      <SubmitButton {...look} variant={variant} pendingLabel="Signing out">
        <LogOut aria-hidden />
        Sign out
      </SubmitButton>
    </form>
  );
}
