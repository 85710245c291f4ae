"use client";
import { ActionButton } from "@/components/form/action-button";
import { RowActions } from "@/components/list/row-actions";
import { toast } from "@/components/ui/toaster";
import { unlinkIdentityAction } from "@/lib/identity-providers/actions";
import type { ShownIdentity } from "@/lib/identity-providers/queries";

type UnlinkButtonProps = {
  identity: Pick<ShownIdentity, "id" | "provider" | "left">;
  /** Whose it is; null: one's own. */
  person: string | null;
  reason: string | undefined;
};

/** Takes a provider away as a way in, and says before and after what is left. */
export function UnlinkButton({ identity: { id, provider, left }, person, reason }: UnlinkButtonProps) {
  const { name } = provider;
  const first = person ? `${person} no longer signs in through ${name}.` : `You no longer sign in through ${name}.`;
  const rest = person ? "The account and its open sessions are kept." : "Your account and your open sessions are kept.";
  return (
    <RowActions always>
      <ActionButton
        size="s"
        variant="quiet-danger"
        aria-label={`Unlink ${name}`}
        reason={reason}
        action={unlinkIdentityAction}
        input={{ id }}
        settled="unlinked"
        confirm={{
          title: `Unlink ${name}?`,
          body: `${first} ${leftSentence(left, person)} ${rest}`,
          label: "Unlink",
          danger: true,
        }}
        onSuccess={(done) => {
          const lost = done.left === "none" || done.left === "outgrown";
          toast.success(lost ? `${name} is unlinked. ${leftSentence(done.left, person)}` : `${name} is unlinked`);
        }}
      >
        Unlink
      </ActionButton>
    </RowActions>
  );
}

/** By what somebody signs in afterwards. */
function leftSentence(left: ShownIdentity["left"], person: string | null): string {
  switch (left) {
    case "identity":
      return "Another provider stays linked.";
    case "credential":
      return "A password or passkey still works.";
    case "link":
      return "Only a pending link to set a password is left.";
    default:
      return `There is no way left to sign in for ${person ?? "you"}.`;
  }
}
