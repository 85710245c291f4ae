/** Forms in which dates and times can be written (users.locale); without one, "26 Nov 2026, 09:24". */
export const dateForms = ["en-GB", "en-US", "de-DE", "fr-FR", "iso"] as const;

export type DateForm = (typeof dateForms)[number];

/** What is stored, if it is still one of these. */
export const knownForm = (stored: string | null): DateForm | null => dateForms.find((form) => form === stored) ?? null;
