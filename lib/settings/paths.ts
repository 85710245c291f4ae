export const settingsPath = "/admin/settings";

/** The place of a setting on that page. */
export const settingId = (key: string) => `setting-${key.replaceAll(".", "-")}`;
