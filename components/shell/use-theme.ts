"use client";
import { useState } from "react";
import { type Theme, themeAttribute, themeOf } from "./theme";

const YEAR = 31_536_000;

/** Light, dark or as the system has it; kept in the cookie `theme`, which the server reads to set `data-theme`. */
export function useTheme(stored: Theme): [Theme, (theme: Theme) => void] {
  // A page that the browser kept was drawn before the last choice, which the document wears.
  const [theme, setTheme] = useState(() =>
    typeof document === "undefined" ? stored : themeOf(document.documentElement.dataset.theme),
  );
  return [
    theme,
    (chosen) => {
      const attribute = themeAttribute(chosen);
      setTheme(chosen);
      if (attribute) document.documentElement.dataset.theme = attribute;
      else delete document.documentElement.dataset.theme;
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
      document.cookie = `theme=${chosen}; path=/; max-age=${YEAR}; samesite=lax`;
    },
  ];
}
