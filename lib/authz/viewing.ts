import { AppError } from "@/lib/errors";

/** As whom somebody is viewing the console, and until when. */
export type Viewing = { personId: string; name: string; until: Date };

/** How long a view lasts, in milliseconds. */
export const viewLasts = 30 * 60_000;

export const viewSentence = (name: string) => `You're viewing as ${name}. Stop viewing to make changes.`;

/** A view is read-only, whatever is asked and whichever person is viewed. */
export function refuseInView({ viewing }: { viewing?: Viewing | undefined }): void {
  if (viewing) throw new AppError("precondition", viewSentence(viewing.name), { named: [viewing.personId] });
}
