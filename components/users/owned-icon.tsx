import type { ReactNode } from "react";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import type { OwnedKind } from "@/lib/users/owned-words";

const icons: Record<OwnedKind, ReactNode> = {
  group: <SpriteIcon name="boxes" />,
  service_account: <SpriteIcon name="bot" />,
  identity_provider: <SpriteIcon name="id-card" />,
  resource: <SpriteIcon name="package" />,
};

export const OwnedIcon = ({ kind }: { kind: OwnedKind }) => icons[kind];
