import { Status } from "@/components/ui/status";
import type { AccountStatus as Word } from "@/lib/authz/service-account-status";

const looks = {
  working: { tone: "positive", icon: "circle-check" },
  paused: { tone: "warning", icon: "circle-pause" },
  stopped: { tone: "danger", icon: "circle-stop" },
  disabled: { tone: "muted", icon: "ban" },
} as const;

export function AccountStatus({ status, look }: { status: Word; look?: "pill" }) {
  return (
    <Status {...looks[status]} look={look}>
      {status}
    </Status>
  );
}
