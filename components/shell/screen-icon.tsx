"use client";
import {
  Boxes,
  House,
  IdCard,
  type LucideIcon,
  MonitorSmartphone,
  Network,
  ScrollText,
  Settings,
  Shield,
  Table,
  Users,
} from "lucide-react";
import type { ScreenPath } from "@/lib/shell/navigation";

const icons: Record<ScreenPath, LucideIcon> = {
  "/admin": House,
  "/admin/users": Users,
  "/admin/groups": Boxes,
  "/admin/roles": Shield,
  "/admin/privileges": Table,
  "/admin/organisation": Network,
  "/admin/sessions": MonitorSmartphone,
  "/admin/audit": ScrollText,
  "/admin/identity-providers": IdCard,
  "/admin/settings": Settings,
};

/** The sign of a screen. It is drawn in the browser's code: one that the server hands over would bring its paths into every page. */
export function ScreenIcon({ href }: { href: ScreenPath }) {
  const Icon = icons[href];
  return <Icon aria-hidden />;
}
