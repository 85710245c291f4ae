import { AppError, postgresFault } from "@/lib/errors";

/** For pages: what is `not_found`, or asked for by an id that is none, becomes the page that says so. */
export async function orNotFound<T>(answer: Promise<T>, notFoundPage: () => never): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFoundPage();
    if (postgresFault(error)?.code === "22P02") notFoundPage();
    throw error;
  }
}
