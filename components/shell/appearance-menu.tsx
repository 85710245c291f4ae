"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { Menu, MenuContent, MenuRadio, MenuRadioGroup, MenuTrigger } from "@/components/ui/menu";
import { type Theme, themeAttribute, themeOf } from "./theme";

const YEAR = 31_536_000;

/** Light, dark or as the system has it; kept in the cookie `theme`, which the server reads to set `data-theme`. */
export function AppearanceMenu({ theme }: { theme: Theme }) {
  const [chosen, setChosen] = useState(theme);
  const Icon = { system: Monitor, light: Sun, dark: Moon }[chosen];

  function choose(value: string) {
    const next = themeOf(value);
    const attribute = themeAttribute(next);
    setChosen(next);
    if (attribute) document.documentElement.dataset.theme = attribute;
    else delete document.documentElement.dataset.theme;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = `theme=${next}; path=/; max-age=${YEAR}; samesite=lax`;
  }

  return (
    <Menu>
      <MenuTrigger variant="quiet" size="icon" data-tip="Appearance" aria-label={`Appearance: ${chosen}`}>
        <Icon aria-hidden />
      </MenuTrigger>
      <MenuContent align="end">
        <MenuRadioGroup value={chosen} onValueChange={choose}>
          <MenuRadio value="system" icon={<Monitor />}>
            As the system
          </MenuRadio>
          <MenuRadio value="light" icon={<Sun />}>
            Light
          </MenuRadio>
          <MenuRadio value="dark" icon={<Moon />}>
            Dark
          </MenuRadio>
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}
