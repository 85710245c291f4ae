import { DeadLink } from "@/components/links/dead-link";

export default function InvitationNotFound() {
  return <DeadLink actions={null}>Ask whoever invited you to send the invitation again.</DeadLink>;
}
