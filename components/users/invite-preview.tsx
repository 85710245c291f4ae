"use client";
import { useId } from "react";
import { Input } from "@/components/ui/input";
import { UserStatus } from "@/components/users/user-status";
import { counted } from "@/lib/lists/format-total";
import { userList } from "@/lib/people/pages";
import type { LeftOut, NewInvitee } from "@/lib/users/invitees/read-invitees";

type InvitePreviewProps = {
  people: NewInvitee[];
  leftOut: LeftOut[];
  mail: boolean;
  onUsername: (email: string, username: string) => void;
};

/** What each address of the list comes to, before anything is sent. */
export function InvitePreview({ people, leftOut, mail, onUsername }: InvitePreviewProps) {
  const [newId, leftId] = [useId(), useId()];
  return (
    <div className="grid gap-4">
      {people.length > 0 && (
        <section aria-labelledby={newId} className="grid gap-1.5">
          <h3 id={newId} className="text-ui/[18px] font-medium">
            {counted(people.length, "invitation")}
          </h3>
          <p className="text-xs text-muted">
            {mail
              ? "Each gets a link by mail, chooses a password and becomes active."
              : "Mail is not set up: the links are shown to you once, to give to these people."}{" "}
            User names are fixed once the users are created.
          </p>
          <ul className={listLook}>
            {people.map((person) => (
              <Invitee key={person.email} person={person} onUsername={onUsername} />
            ))}
          </ul>
        </section>
      )}
      {leftOut.length > 0 && (
        <section aria-labelledby={leftId} className="grid gap-1.5">
          <h3 id={leftId} className="text-ui/[18px] font-medium">
            Not invited: {leftOut.length}
          </h3>
          <ul className={listLook}>
            {leftOut.map((one, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: what is pasted may be there twice, and its place does not change
              <li key={at} className="grid gap-0.5 px-3 py-2 wrap-anywhere">
                <span>{one.text}</span>
                <LeftOutReason one={one} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

const listLook = "divide-y divide-line rounded-md border border-line text-ui";

type InviteeProps = { person: NewInvitee; onUsername: InvitePreviewProps["onUsername"] };

function Invitee({ person: { email, firstName, lastName, username }, onUsername }: InviteeProps) {
  const id = useId();
  const name = `${firstName} ${lastName}`.trim();
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_minmax(0,220px)] items-center gap-x-4 gap-y-1.5 px-3 py-2 max-s:grid-cols-1">
      <div className="min-w-0 wrap-anywhere">
        <p className="font-medium">{name}</p>
        <p className="text-muted">{email}</p>
      </div>
      <div className="grid gap-1">
        <label htmlFor={id} className="text-xs text-muted">
          User Name<span className="sr-only"> of {name}</span>
        </label>
        <Input
          id={id}
          value={username}
          onChange={({ target }) => onUsername(email, target.value)}
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="none"
        />
      </div>
    </li>
  );
}

/** In a tab of its own: what was typed stays. */
function LeftOutReason({ one: { why, reason, person } }: { one: LeftOut }) {
  if (why !== "taken") return <span className="text-muted">{reason}</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-2 text-muted">
      {person ? (
        <>
          Already has an account:
          <a href={`${userList}/${person.id}`} target="_blank" rel="noopener" className="link">
            {person.name}
          </a>
          <UserStatus status={person.status} />
        </>
      ) : (
        "Already in use"
      )}
    </span>
  );
}
