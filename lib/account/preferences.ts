/** What people choose for themselves on "My profile", by the name of its field. */
export const preferenceLabels = {
  timeZone: "Time Zone",
  dateForm: "Date and Number Format",
  shortcuts: "Single-key shortcuts",
};

export const preferencesPath = "/account#preferences";
