/**
 * Says to password managers whose password is set in the form that contains it: without it they file somebody else's
 * under one's own name, or offer one's own. Not `hidden`, which some of them pass by.
 */
export function PasswordOwner({ username }: { username: string }) {
  return (
    <input
      type="text"
      name="username"
      autoComplete="username"
      value={username}
      readOnly
      tabIndex={-1}
      aria-hidden
      className="sr-only"
    />
  );
}
