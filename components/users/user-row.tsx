// biome-ignore-all lint/a11y/noRedundantRoles: on phones `display` changes, and the roles would be lost
"use client";
import type { CSSProperties } from "react";
import { Glyph } from "@/components/list/glyph";
import { PackedActions } from "@/components/list/row-actions";
import { hueOf, initialsOf } from "@/components/ui/avatar";
import { TimeText } from "@/components/ui/time-text";
import type { PackedUser } from "./packed-users";

/** What the viewer may do at all; each person's page decides for that person. */
export type ListAbilities = { edit: boolean; clients: boolean; activity: boolean };

type UserRowProps = { user: PackedUser; words: string[]; edit: boolean; zone: string; now: Date };

/** One person. The link on the name covers the whole row; what can be pressed besides lies above it. Looks: `user-rows.css`. */
export function UserRow({ user, words, edit, zone, now }: UserRowProps) {
  const [id, name, username, email, primary, additional, configuration, groups, groupCount, ...rest] = user;
  const [status, registered, clients, lastSignIn, picture] = rest;
  const href = `/admin/users/${id}`;
  return (
    <tr role="row">
      <td role="cell">
        <span>
          <span aria-hidden className="face" style={{ "--hue": hueOf(id) } as CSSProperties}>
            {picture ? (
              // biome-ignore lint/performance/noImgElement: it has its final size, and Next's own optimiser is off
              <img src={picture} alt="" />
            ) : (
              initialsOf(name)
            )}
          </span>
          <a href={href} title={`${name}, ${username}, ${email}`}>
            {name}
          </a>
        </span>
      </td>
      <td role="cell">{username}</td>
      <td role="cell">{email}</td>
      <td role="cell">
        <span>
          {primary !== null && <span title={words[primary]}>{words[primary]}</span>}
          <AdditionalRoles roles={additional} words={words} />
        </span>
      </td>
      <td role="cell">{words[configuration]}</td>
      <td role="cell">
        <Groups names={groups.map((place) => words[place] ?? "")} count={groupCount} />
      </td>
      <td role="cell">
        <span className={status}>
          <Glyph name={status} />
          {status}
        </span>
      </td>
      <td role="cell">
        <span className="sr-only">{`${registered} of ${clients} registered`}</span>
        <span aria-hidden>{`${registered} / ${clients}`}</span>
      </td>
      <td role="cell">
        {lastSignIn ? (
          <TimeText bare at={new Date(lastSignIn * 1_000)} zone={zone} now={now} />
        ) : (
          <span className="muted">Never</span>
        )}
      </td>
      <td role="cell">
        <PackedActions>
          <a href={href} aria-description={name}>
            {edit ? "Edit" : "Open"}
          </a>
          <button
            type="button"
            data-more={id}
            aria-haspopup="menu"
            aria-expanded="false"
            aria-label="More actions"
            aria-description={name}
          >
            <Glyph name="more" />
          </button>
        </PackedActions>
      </td>
    </tr>
  );
}

/** The first one as a chip, and how many more; one that comes through a group says which. */
function AdditionalRoles({ roles, words }: { roles: PackedUser[5]; words: string[] }) {
  const [first, ...others] = roles;
  if (first === undefined) return null;
  const name = words[typeof first === "number" ? first : first[0]];
  return (
    <>
      {typeof first === "number" ? (
        <span className="chip" title={name}>
          <span>{name}</span>
        </span>
      ) : (
        <button type="button" data-tip="" aria-label={sentence(first, words)}>
          <span className="chip line">
            <Glyph name="group" />
            <span>{name}</span>
          </span>
        </button>
      )}
      {others.length > 0 && (
        <button type="button" data-tip="" aria-label={others.map((role) => sentence(role, words)).join("; ")}>
          {`+${others.length}`}
        </button>
      )}
    </>
  );
}

function sentence(role: PackedUser[5][number], words: string[]): string {
  if (typeof role === "number") return words[role] ?? "";
  const [name, groups] = role;
  return `${words[name]}, through ${groups.map((place) => words[place]).join(" and ")}`;
}

/** The first group, and how many more; all of them on hover and focus. */
function Groups({ names, count }: { names: string[]; count: number }) {
  const first = names[0];
  if (!first) return <span className="muted">–</span>;
  if (count === 1) return <span title={first}>{first}</span>;
  const all = count > names.length ? `${names.join(", ")} and ${count - names.length} more` : names.join(", ");
  return (
    <span className="some">
      <span>{first}</span>
      <button type="button" data-tip={all} aria-label={`Groups: ${all}`}>
        {`+${count - 1}`}
      </button>
    </span>
  );
}
