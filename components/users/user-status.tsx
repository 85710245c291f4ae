import { Archive, Ban, CircleCheck, Lock, type LucideIcon, Mail } from "lucide-react";
import { Status, type Tone } from "@/components/ui/status";
import type { ListedUser } from "@/lib/people/rows";

const looks: Record<ListedUser["status"], { tone: Tone; icon: LucideIcon }> = {
  active: { tone: "positive", icon: CircleCheck },
  invited: { tone: "accent", icon: Mail },
  disabled: { tone: "muted", icon: Ban },
  locked: { tone: "danger", icon: Lock },
  archived: { tone: "muted", icon: Archive },
};

type UserStatusProps = { status: ListedUser["status"]; look?: "plain" | "pill" };

export function UserStatus({ status, look }: UserStatusProps) {
  return (
    <Status {...looks[status]} look={look}>
      {status}
    </Status>
  );
}
