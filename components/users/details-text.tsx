import { Fragment } from "react";
import { Fact, Facts } from "@/components/ui/facts";
import { Note } from "@/components/ui/note";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { endedAt } from "@/components/users/details-values";
import type { RoleOption } from "@/lib/roles/queries";
import type { UserDetail } from "@/lib/users/queries";

type DetailsTextProps = { user: UserDetail; roles: RoleOption[]; zone: string; now: Date };

/** "User Details" for people who may see but not change: text instead of fields, and why (U6). */
export function DetailsText({ user, roles, zone, now }: DetailsTextProps) {
  const ability = user.abilities["user.update"];
  const additional = roles.filter((role) => user.form.additionalRoleIds.includes(role.id));
  return (
    <div className="grid max-w-[760px] gap-4">
      {!ability.ok && <Note>{ability.reason}</Note>}
      <Panel>
        <PanelHead title="Identity" />
        <PanelBody>
          <Facts>
            <Fact label="Configuration">{user.configuration}</Fact>
            <Fact label="User Name">{user.username}</Fact>
            <Fact label="First Name">{user.firstName}</Fact>
            <Fact label="Last Name">{user.lastName || "none"}</Fact>
            <Fact label="Email">{user.email}</Fact>
            <Fact label="Manager">{user.manager?.name ?? "none"}</Fact>
            <Fact label="Primary Role">{user.primaryRole.name}</Fact>
            <Fact label="Additional Roles">
              {additional.length === 0 && "none"}
              {additional.map(({ id, name }, index) => {
                const end = endedAt(user.form, id, now);
                return (
                  <Fragment key={id}>
                    {index > 0 && ", "}
                    {name}
                    {end && (
                      <>
                        {" "}
                        (ended on <Time at={end} zone={zone} now={now} form="exact" />)
                      </>
                    )}
                  </Fragment>
                );
              })}
            </Fact>
            <Fact label="Access ends">
              {user.accessEndsAt ? <Time at={user.accessEndsAt} zone={zone} now={now} form="exact" /> : "no end"}
            </Fact>
            <Fact label="Created">
              <Time at={user.createdAt} zone={zone} now={now} form="date" />
            </Fact>
          </Facts>
        </PanelBody>
      </Panel>
    </div>
  );
}
