import { AppError, postgresFault } from "@/lib/errors";

/** For pages: what is `not_found`, or asked for by an id that is none, becomes the page that says so. */
export async function orNotFound<T>(answer: Promise<T>, notFoundPage: () => never): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (isNotFound(error)) notFoundPage();
    throw error;
  }
}

/** For a part of a page that its address asks for: null for what is not there, and the page says that it left that out. */
export async function orLeftOut<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

const isNotFound = (error: unknown) =>
  (error instanceof AppError && error.code === "not_found") || postgresFault(error)?.code === "22P02";
