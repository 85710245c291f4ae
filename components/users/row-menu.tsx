"use client";
import { Activity, Ellipsis, MonitorSmartphone, Pencil, Shield } from "lucide-react";
import { useRef, useState } from "react";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { type ActionSubject, UserActionItems, UserDialogs, type UserQuestion } from "@/components/users/user-actions";
import { actionSubjectQuestion } from "@/lib/users/actions";

/** What the viewer may do at all; each person's page decides for that person. */
export type ListAbilities = { edit: boolean; clients: boolean; activity: boolean };

type RowMenuProps = { user: { id: string; name: string }; may: ListAbilities };

/** "More actions" of a row. What may be done with this person is asked when the menu opens, not for every row. */
export function RowMenu({ user, may }: RowMenuProps) {
  const [subject, setSubject] = useState<ActionSubject | "failed" | null>(null);
  const [asking, setAsking] = useState<UserQuestion | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const href = `/admin/users/${user.id}`;

  function onOpenChange(open: boolean) {
    if (!open) return;
    setSubject(null);
    answerOf(actionSubjectQuestion({ id: user.id })).then(setSubject, () => setSubject("failed"));
  }

  const known = subject !== null && subject !== "failed" ? subject : null;
  return (
    <>
      <Menu onOpenChange={onOpenChange}>
        <MenuTrigger asChild>
          <Button ref={trigger} variant="quiet" size="icon-s" aria-label="More actions" aria-description={user.name}>
            <Ellipsis aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent>
          <MenuItem href={href} icon={<Pencil aria-hidden />}>
            {may.edit ? "Edit" : "User Details"}
          </MenuItem>
          {may.clients && (
            <MenuItem href={`${href}/clients`} icon={<MonitorSmartphone aria-hidden />}>
              Client Provision
            </MenuItem>
          )}
          <MenuItem href={`${href}/access`} icon={<Shield aria-hidden />}>
            Roles and Groups
          </MenuItem>
          {may.activity && (
            <MenuItem href={`${href}/activity`} icon={<Activity aria-hidden />}>
              Activity
            </MenuItem>
          )}
          <MenuSeparator />
          {known ? (
            <UserActionItems user={known} ask={setAsking} />
          ) : (
            <p className="px-2 py-1.5 text-xs text-muted">
              {subject === "failed" ? "What you may do could not be read. Open it again." : "Reading what you may do"}
            </p>
          )}
        </MenuContent>
      </Menu>
      {known && <UserDialogs user={known} asking={asking} onClose={() => setAsking(null)} opener={trigger} />}
    </>
  );
}
