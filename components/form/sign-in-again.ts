/** Asks the person who opened this page to sign in again; true once they have. */
type Ask = () => Promise<boolean>;

let ask: Ask | null = null;
let somebodyElse = false;

/** For the one dialog of a page that asks. Returns how to leave. */
export function answerSignIns(by: Ask): () => void {
  ask = by;
  return () => {
    if (ask === by) ask = null;
  };
}

/** What is known of the browser's session: another tab may have signed somebody else in. */
export function noteSomebodyElse(is: boolean): void {
  somebodyElse = is;
}

/** Whether what is sent from this page would be done in somebody else's name. */
export const isSomebodyElse = () => somebodyElse;

/** True once the person who opened this page is signed in again; false when they close the question. */
export const signedInAgain = async (): Promise<boolean> => (ask ? ask() : false);
