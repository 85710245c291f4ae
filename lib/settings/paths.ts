export const settingsPath = "/admin/settings";

/** Where a setting stands on that page. */
export const settingId = (key: string) => `setting-${key.replaceAll(".", "-")}`;
