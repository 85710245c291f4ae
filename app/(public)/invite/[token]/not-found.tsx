import { DeadLink } from "@/components/links/dead-link";

export default function InvitationNotFound() {
  return (
    <DeadLink actions={null}>
      Ask the person who invited you, or an administrator of Gatehouse, to send the invitation again.
    </DeadLink>
  );
}
