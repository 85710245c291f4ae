import { AppError } from "@/lib/errors";

/** For pages: what is `not_found` becomes the page that says so. What finds by an id asks `isId` first. */
export async function orNotFound<T>(answer: Promise<T>, notFoundPage: () => never): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (isNotFound(error)) notFoundPage();
    throw error;
  }
}

/** What a part of a page has to show: its answer, or why there is none at this moment; neither for what is not there. */
export type Part<T> = { answer: T | null; busy: string | null };

export const nothingAsked: Part<never> = { answer: null, busy: null };

/** For a part of a page that its address asks for: the page says that it left out what is not there, or waits. */
export async function orLeftOut<T>(asked: Promise<T>): Promise<Part<T>> {
  try {
    return { answer: await asked, busy: null };
  } catch (error) {
    if (isNotFound(error)) return nothingAsked;
    if (error instanceof AppError && error.code === "rate_limited") return { answer: null, busy: error.message };
    throw error;
  }
}

const isNotFound = (error: unknown) => error instanceof AppError && error.code === "not_found";
