import type { ReactNode } from "react";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import type { Place } from "@/lib/shell/places";
import { ScreenIcon } from "./screen-icon";
import { type Theme, themeIcons, themeLabels, themes } from "./theme";

/** What the palette knows without asking, and what choosing it does. */
export interface PaletteLine {
  kind: Place["kind"];
  key: string;
  label: string;
  /** Where it is; searched as well. */
  under?: string | undefined;
  /** Found as well, and not shown. */
  also?: string | undefined;
  /** Shown in its place. */
  note?: string | undefined;
  icon: ReactNode;
  act: () => void;
}

export interface PaletteActions {
  theme: Theme;
  onTheme: (theme: Theme) => void;
  onShortcuts: () => void;
  onSignOut: () => void;
}

export const placeLines = (places: Place[], go: (href: string) => void): PaletteLine[] =>
  places.map(({ kind, label, under, also, href }) => ({
    kind,
    key: `${href} ${label}`,
    label,
    under,
    also,
    icon: kind === "action" ? <SpriteIcon name="plus" /> : <ScreenIcon href={href} />,
    act: () => go(href),
  }));

export function actionLines({ theme, onTheme, onShortcuts, onSignOut }: PaletteActions): PaletteLine[] {
  const action = (label: string, icon: ReactNode, act: () => void, note?: string): PaletteLine => ({
    kind: "action",
    key: label,
    label,
    note,
    icon,
    act,
  });
  return [
    ...themes.map((each) =>
      action(
        `${themeLabels[each]} theme`,
        <SpriteIcon name={themeIcons[each]} />,
        () => onTheme(each),
        each === theme ? "current" : undefined,
      ),
    ),
    action("Keyboard shortcuts", <SpriteIcon name="keyboard" />, onShortcuts),
    action("Sign out", <SpriteIcon name="log-out" />, onSignOut),
  ];
}
