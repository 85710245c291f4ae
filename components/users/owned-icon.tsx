import { Bot, Boxes, IdCard, Package } from "lucide-react";
import type { ReactNode } from "react";
import type { OwnedKind } from "@/lib/users/owned-words";

const icons: Record<OwnedKind, ReactNode> = {
  group: <Boxes aria-hidden />,
  service_account: <Bot aria-hidden />,
  identity_provider: <IdCard aria-hidden />,
  resource: <Package aria-hidden />,
};

export const OwnedIcon = ({ kind }: { kind: OwnedKind }) => icons[kind];
