import { useState } from "react";
import { admin } from "../../api/identity.ts";
import type { SystemRole, UserCard } from "../../api/people.ts";
import { useSession } from "../../app/session.ts";
import { systemRoleNames } from "../../data/roles.ts";
import { formatInstant } from "../../dates/instant.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { SelectField } from "../../ui/Field.tsx";
import { Note } from "../../ui/Notices.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { stateOf } from "./PeopleSection.tsx";

type PersonDialogProps = { person: UserCard; onClose: () => void };

/** One person and what may be done about them; never anything of their money. */
export function PersonDialog({ person, onClose }: PersonDialogProps) {
  const { user, permissions } = useSession();
  const isOneself = user.id === person.id;
  const mayWrite = permissions.includes("users:write") && !isOneself;
  return (
    <Dialog title={person.name} onClose={onClose}>
      <div className="form">
        <PersonFacts person={person} />
        {isOneself && <Note>This is you. Someone else must change your role or state.</Note>}
        {mayWrite && !person.deleted_at && <RoleSelect person={person} />}
        <div className="button-row">
          {permissions.includes("users:sessions") && person.sessions > 0 && (
            <EndSessions person={person} />
          )}
          {mayWrite && <StateButtons person={person} />}
        </div>
      </div>
    </Dialog>
  );
}

function PersonFacts({ person }: { person: UserCard }) {
  const { locale, user } = useSession();
  const moment = (iso: string) => formatInstant(iso, { locale, timeZone: user.time_zone });
  const facts: [string, string][] = [
    ["Email", `${person.email}${person.email_verified ? "" : " (not confirmed)"}`],
    ["Role", systemRoleNames[person.system_role]],
    ["State", stateOf(person).word],
    ["Second step", person.has_second_factor ? "Set up" : "None"],
    ["Signed up", moment(person.created_at)],
    ["Last seen", person.last_seen_at ? moment(person.last_seen_at) : "Never"],
    ["Devices signed in", String(person.sessions)],
    ["Households", String(person.households)],
  ];
  return (
    <dl className="profile">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function RoleSelect({ person }: { person: UserCard }) {
  const { isBusy, run } = useAction();
  const change = (role: string) =>
    run(async () => {
      await admin.update(person.id, { system_role: role });
      announce(`${person.name} is ${systemRoleNames[role as SystemRole]} once signed in again.`);
    });
  return (
    <SelectField
      label="Role on this server"
      hint="What each may do stands under Roles. A change signs them out."
      value={person.system_role}
      disabled={isBusy}
      onChange={(role) => void change(role)}
    >
      {Object.entries(systemRoleNames).map(([role, name]) => (
        <option key={role} value={role}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

function EndSessions({ person }: { person: UserCard }) {
  const { isBusy, run } = useAction();
  const end = () =>
    run(async () => {
      await admin.endSessions(person.id);
      announce(`${person.name} is signed out everywhere.`);
    });
  return (
    <Button icon="signout" isBusy={isBusy} onClick={end}>
      Sign out everywhere
    </Button>
  );
}

function StateButtons({ person }: { person: UserCard }) {
  const [isDeleting, setDeleting] = useState(false);
  const { isBusy, run } = useAction();
  const restore = () =>
    run(async () => {
      await admin.restore(person.id);
      announce(`${person.name} is back.`);
    });
  const disable = (isDisabled: boolean) =>
    run(async () => {
      await admin.update(person.id, { is_disabled: isDisabled });
      announce(`${person.name} is ${isDisabled ? "disabled" : "active again"}.`);
    });
  if (person.deleted_at) {
    return (
      <Button icon="undo" isBusy={isBusy} onClick={restore}>
        Restore
      </Button>
    );
  }
  return (
    <>
      <Button isBusy={isBusy} onClick={() => disable(person.disabled_at === null)}>
        {person.disabled_at === null ? "Disable" : "Enable"}
      </Button>
      <Button kind="danger" icon="trash" onClick={() => setDeleting(true)}>
        Delete
      </Button>
      {isDeleting && (
        <ConfirmDialog
          title={`Delete ${person.name}?`}
          verb="Delete"
          onClose={() => setDeleting(false)}
          onConfirm={async () => {
            await admin.remove(person.id);
            announce(`${person.name} is deleted.`);
          }}
        >
          <p>They are signed out and cannot come back. You can restore them here for 30 days.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
