import type { DateForm } from "@/lib/account/date-forms";

/** The separator of thousands: written out here, since a server and a browser may have different lists. ISO 80000-1 has a thin space. */
const separators: Record<DateForm, string> = {
  "en-GB": ",",
  "en-US": ",",
  "de-DE": ".",
  "fr-FR": "\u202f",
  iso: "\u2009",
};

/** A whole number in the form that a reader has chosen; null: "10,000". */
export const formatFigure = (value: number, written: DateForm | null): string =>
  String(Math.trunc(value)).replace(/\B(?=(\d{3})+$)/g, separators[written ?? "en-GB"]);
