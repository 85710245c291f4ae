// biome-ignore-all lint/a11y/noRedundantRoles: on phones `display` changes, and the roles would be lost
"use client";
import type { CSSProperties } from "react";
import { MoreButton } from "@/components/list/more-button";
import { PackedActions } from "@/components/list/row-actions";
import { hueOf, initialsOf } from "@/components/ui/avatar";
import { TimeText } from "@/components/ui/time-text";
import { roleWords } from "@/components/users/role-words";
import type { ColumnOf } from "@/lib/lists/declare-list";
import type { ListedRole, ListedUser } from "@/lib/people/rows";
import type { userList } from "@/lib/users/filters";

/** What the viewer may do at all; each person's page decides for that person. */
export type ListAbilities = { edit: boolean; clients: boolean; activity: boolean };

type ShownRole = Omit<ListedRole, "id">;
/** `alias`: the user name, where the name and the email do not say it. What belongs to a column that is left out is not there. */
export type ShownUser = Omit<ListedUser, "createdAt" | "roles"> & { roles: ShownRole[]; alias?: string };

type UserRowProps = {
  user: ShownUser;
  shown: ReadonlySet<ColumnOf<typeof userList>>;
  edit: boolean;
  zone: string;
  now: Date;
};

/** One person. The link on the name covers the whole row, and says on hover what is cut off there; what can be pressed besides lies above it. Looks: `user-rows.css`, `user-icons.css`. */
export function UserRow({ user, shown, edit, zone, now }: UserRowProps) {
  const { id, name, username, email, configuration, groups, status, clients, lastSignInAt, picture } = user;
  const href = `/admin/users/${id}`;
  const alias = shown.has("username") ? undefined : user.alias;
  return (
    <tr role="row">
      <td role="cell" colSpan={2} className="who">
        <span>
          <span aria-hidden className="face" style={{ "--hue": hueOf(id) } as CSSProperties}>
            {picture ? (
              // biome-ignore lint/performance/noImgElement: it has its final size, and Next's own optimiser is off
              <img src={picture} alt="" />
            ) : (
              initialsOf(name)
            )}
          </span>
          <span>
            <a href={href}>{name}</a>
            {alias && <small>{alias}</small>}
            <span>{email}</span>
          </span>
        </span>
      </td>
      {shown.has("username") && (
        <td role="cell" className="user">
          {username}
        </td>
      )}
      {shown.has("roles") && (
        <td role="cell" className="role">
          <Roles roles={user.roles} />
        </td>
      )}
      {shown.has("configuration") && (
        <td role="cell" className="conf">
          {configuration}
        </td>
      )}
      {shown.has("groups") && (
        <td role="cell" className="conf">
          <Groups {...groups} />
        </td>
      )}
      {shown.has("status") && (
        <td role="cell" className="state">
          <span className={status}>{status}</span>
        </td>
      )}
      {shown.has("clients") && (
        <td role="cell" className="sum">
          {clients.total > 0 ? (
            <a href={`${href}/clients`}>
              <Registered {...clients} />
            </a>
          ) : (
            <Registered {...clients} />
          )}
        </td>
      )}
      {shown.has("lastSignInAt") && (
        <td role="cell" className="last">
          {lastSignInAt ? (
            <TimeText bare at={lastSignInAt} zone={zone} now={now} />
          ) : (
            <span className="muted">never</span>
          )}
        </td>
      )}
      <td role="cell" className="ends">
        <PackedActions>
          <a href={href} aria-description={name} className="row-link">
            {edit ? "Edit" : "Open"}
          </a>
          <MoreButton id={id} about={name} />
        </PackedActions>
      </td>
    </tr>
  );
}

function Roles({ roles }: { roles: ShownRole[] }) {
  const primary = roles.find(({ kind }) => kind === "primary");
  return (
    <span>
      {primary && <span>{primary.name}</span>}
      <AdditionalRoles roles={roles.filter((role) => role !== primary)} />
    </span>
  );
}

/** The first one as a chip, and how many more; one that comes through a group says which. */
function AdditionalRoles({ roles }: { roles: ShownRole[] }) {
  const [first, ...others] = roles;
  if (!first) return null;
  const all = others.map(roleWords).join("; ");
  return (
    <>
      {first.groups.length === 0 ? (
        <span className="chip">
          <span>{first.name}</span>
        </span>
      ) : (
        <button type="button" data-tip="" aria-label={roleWords(first)}>
          <span className="chip line">
            <span>{first.name}</span>
          </span>
        </button>
      )}
      {others.length > 0 && (
        <button type="button" data-tip="" aria-label={`+${others.length}: ${all}`}>
          {`+${others.length}`}
        </button>
      )}
    </>
  );
}

/** The first group, and how many more; all of them on hover and focus. */
function Groups({ names, count }: { names: string[]; count: number }) {
  const first = names[0];
  if (!first) return <span className="muted">–</span>;
  if (count === 1) return first;
  const all = count > names.length ? `${names.join(", ")} and ${count - names.length} more` : names.join(", ");
  return (
    <span className="some">
      <span>{first}</span>
      <button type="button" data-tip="" aria-label={`+${count - 1}: ${all}`}>
        {`+${count - 1}`}
      </button>
    </span>
  );
}

const Registered = ({ registered, total }: ShownUser["clients"]) => (
  <>
    <span className="sr-only">{`${registered} of ${total} registered`}</span>
    <span aria-hidden>{`${registered} / ${total}`}</span>
  </>
);
