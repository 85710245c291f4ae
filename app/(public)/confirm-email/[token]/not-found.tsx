import { DeadLink } from "@/components/links/dead-link";

export default function ConfirmationNotFound() {
  return <DeadLink actions={null}>Sign in and change your email under “My profile” to get a new one.</DeadLink>;
}
