import { DeadLink } from "@/components/links/dead-link";
import { LinkButton } from "@/components/ui/button";

export default function ResetNotFound() {
  return (
    <DeadLink
      actions={
        <LinkButton href="/forgot-password" variant="primary">
          Ask for a new link
        </LinkButton>
      }
    >
      Ask for a new one, or ask an administrator.
    </DeadLink>
  );
}
