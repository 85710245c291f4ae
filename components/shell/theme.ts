export const themes = ["light", "dark", "system"] as const;
export type Theme = (typeof themes)[number];

export const themeLabels: Record<Theme, string> = { light: "Light", dark: "Dark", system: "System" };
export const themeIcons = { light: "sun", dark: "moon", system: "monitor" } as const;

/** Reads the cookie `theme`; anything unknown is "system". */
export function themeOf(cookie: string | undefined): Theme {
  return themes.find((theme) => theme === cookie) ?? "system";
}

/** What `data-theme` of <html> is to be: absent for "system", so that no script is needed. */
export function themeAttribute(theme: Theme): "light" | "dark" | undefined {
  return theme === "system" ? undefined : theme;
}
