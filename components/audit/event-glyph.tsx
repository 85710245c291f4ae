import {
  Archive,
  ArchiveRestore,
  Ban,
  CircleCheck,
  Download,
  Eye,
  Flag,
  KeyRound,
  LockOpen,
  LogIn,
  LogOut,
  type LucideIcon,
  Pencil,
  PlugZap,
  RefreshCw,
  ShieldCheck,
  Trash2,
  TriangleAlert,
  Unplug,
  UserPlus,
} from "lucide-react";
import { cn } from "@/components/ui/class-names";
import type { LoggedEvent } from "@/lib/audit/event";

const glyphs: Record<string, LucideIcon> = {
  "account.update": Pencil,
  "account.export": Download,
  "user.create": UserPlus,
  "user.update": Pencil,
  "user.disable": Ban,
  "user.enable": CircleCheck,
  "user.unlock": LockOpen,
  "user.archive": Archive,
  "user.restore": ArchiveRestore,
  "user.purge": Trash2,
  "client.generate": KeyRound,
  "client.confirm": ShieldCheck,
  "client.register": PlugZap,
  "client.deregister": Unplug,
  "client.reregister": RefreshCw,
  "client.reprovision": RefreshCw,
  "session.start": LogIn,
  "session.sign_out": LogOut,
  "session.end": LogOut,
  "audit.export": Download,
  "setup.complete": Flag,
};

/** What kind of thing happened, at a glance; the sentence beside it says it. */
export function EventGlyph({ event, className }: { event: LoggedEvent; className?: string }) {
  const Glyph =
    event.outcome === "failed" ? TriangleAlert : event.outcome === "refused" ? Ban : glyphs[event.operation];
  const Icon = Glyph ?? (event.operation.endsWith(".read") ? Eye : Pencil);
  return (
    <span aria-hidden className={cn("grid size-[22px] place-items-center rounded-full bg-press text-icon", className)}>
      <Icon className="size-3 stroke-2" />
    </span>
  );
}
