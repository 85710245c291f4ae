import { withQuery } from "@/lib/lists/search-params";

type DemoPeopleProps = {
  people: { username: string; name: string; is: string }[];
  /** A path of ours. */
  next: string;
  /** The user name in the form. */
  chosen: string | null;
};

/** The people of the demonstration: a link fills in the form, without script as well. */
export function DemoPeople({ people, next, chosen }: DemoPeopleProps) {
  return (
    <details open={chosen !== null} className="rounded-lg border border-line text-ui">
      <summary className="cursor-pointer px-3 py-2 font-medium">Sign in as a demonstration user</summary>
      <ul className="border-t border-line py-1">
        {people.map(({ username, name, is }) => (
          <li key={username}>
            <a
              href={withQuery("/sign-in", [
                ["as", username],
                ["next", next],
              ])}
              aria-current={username === chosen || undefined}
              className="block px-3 py-1.5 hover:bg-hover aria-current:bg-press"
            >
              {name} <span className="block text-xs text-muted">{is}</span>
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
