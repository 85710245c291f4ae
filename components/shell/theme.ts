export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Reads the cookie `theme`; anything unknown is "system". */
export function themeOf(cookie: string | undefined): Theme {
  return themes.find((theme) => theme === cookie) ?? "system";
}

/** What `data-theme` of <html> is to be: absent for "system", so that no script is needed. */
export function themeAttribute(theme: Theme): "light" | "dark" | undefined {
  return theme === "system" ? undefined : theme;
}
