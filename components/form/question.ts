/**
 * Asks, and gives the answer. Going back in the browser is a no: React holds every way to another page up while an
 * action waits, so that the question would stay and a yes would be given on another page's address.
 */
export function answerTo(ask: (answer: (yes: boolean) => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const leave = () => answer(false);
    const answer = (yes: boolean) => {
      window.removeEventListener("popstate", leave);
      resolve(yes);
    };
    window.addEventListener("popstate", leave);
    ask(answer);
  });
}
