/** The word by which /sign-in knows that somebody has just signed out of a session that began at a provider. */
export const signedOut = "signed-out";

export const signedOutPath = `/sign-in?done=${signedOut}`;
