import { useState } from "react";
import { households } from "../../api/identity.ts";
import type { HouseholdRole, MemberCard } from "../../api/people.ts";
import { openHousehold } from "../../app/chosenHousehold.ts";
import { navigate } from "../../app/router.ts";
import { useSession } from "../../app/session.ts";
import { useMembers } from "../../data/members.ts";
import { roleNames } from "../../data/roles.ts";
import { formatDate } from "../../dates/LocalDate.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Loading, ProblemNote } from "../../ui/Notices.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { HandOverDialog } from "./HandOverDialog.tsx";

export function MembersCard() {
  const { isOwner } = useSession();
  const { value: members, error } = useMembers();
  const [isHandingOver, setHandingOver] = useState(false);
  const others = members?.filter(({ is_you: isYou }) => !isYou) ?? [];
  return (
    <Card
      title="Members"
      lead="Who shares these books."
      actions={
        isOwner &&
        others.length > 0 && <Button onClick={() => setHandingOver(true)}>Hand over</Button>
      }
    >
      {error && !members ? <ProblemNote error={error} /> : null}
      {!members && !error && <Loading rows={2} />}
      <ul className="lines">
        {members?.map((member) => (
          <MemberLine key={member.person_id} member={member} />
        ))}
      </ul>
      {isHandingOver && <HandOverDialog others={others} onClose={() => setHandingOver(false)} />}
    </Card>
  );
}

function MemberLine({ member }: { member: MemberCard }) {
  const { isOwner, locale } = useSession();
  const { isBusy, run } = useAction();
  const isChangeable = isOwner && !member.is_you;
  const change = (role: HouseholdRole) =>
    run(async () => {
      await households.changeRole(member.person_id, role);
      announce(`${member.name} is ${role === "editor" ? "an editor" : "a viewer"} now.`);
    });
  return (
    <li className="line">
      <div className="line-main">
        <span className="line-title">
          {member.name} {member.is_you && <span className="badge">You</span>}
        </span>
        <span className="muted">
          {member.email} · since {formatDate(member.joined_at.slice(0, 10), locale)}
        </span>
      </div>
      {isChangeable ? (
        <select
          className="input line-select"
          aria-label={`Role of ${member.name}`}
          value={member.role}
          disabled={isBusy}
          onChange={(event) => void change(event.target.value as HouseholdRole)}
        >
          <option value="editor">{roleNames.editor}</option>
          <option value="viewer">{roleNames.viewer}</option>
        </select>
      ) : (
        <span className="badge">{roleNames[member.role]}</span>
      )}
      {isChangeable && <RemoveButton member={member} />}
      {member.is_you && !isOwner && <LeaveButton member={member} />}
    </li>
  );
}

function RemoveButton({ member }: { member: MemberCard }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <IconButton icon="trash" label={`Remove ${member.name}`} onClick={() => setAsking(true)} />
      {isAsking && (
        <ConfirmDialog
          title={`Remove ${member.name}?`}
          verb="Remove"
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await households.removeMember(member.person_id);
            announce(`${member.name} no longer sees these books.`);
          }}
        >
          <p>They lose sight of these books at once. What they entered stays.</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function LeaveButton({ member }: { member: MemberCard }) {
  const { household } = useSession();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button kind="quiet" onClick={() => setAsking(true)}>
        Leave
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={`Leave ${household.name}?`}
          verb="Leave"
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await households.removeMember(member.person_id);
            announce(`You have left ${household.name}.`);
            navigate("/");
            openHousehold(null);
          }}
        >
          <p>You lose sight of these books at once. What you entered stays.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
