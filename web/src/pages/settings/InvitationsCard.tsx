import { useState } from "react";
import { households } from "../../api/identity.ts";
import type { HouseholdRole, Invitation } from "../../api/people.ts";
import { useSession } from "../../app/session.ts";
import { roleMeanings, roleNames } from "../../data/roles.ts";
import { useResource } from "../../data/resource.ts";
import { fromNow } from "../../dates/instant.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { CopyField } from "../../ui/CopyField.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { SelectField, TextField } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { ProblemNote } from "../../ui/Notices.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";

export function InvitationsCard() {
  const { value: invitations, error } = useResource("invitations", households.invitations);
  const [isInviting, setInviting] = useState(false);
  return (
    <Card
      title="Invitations"
      lead="Someone opens the link, signs in or signs up, and shares these books."
      actions={
        <Button icon="plus" onClick={() => setInviting(true)}>
          Invite
        </Button>
      }
    >
      {error && !invitations ? <ProblemNote error={error} /> : null}
      {invitations && invitations.length > 0 && (
        <ul className="lines">
          {invitations.map((invitation) => (
            <InvitationLine key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      )}
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Card>
  );
}

function InvitationLine({ invitation }: { invitation: Invitation }) {
  const { locale } = useSession();
  const { isBusy, run } = useAction();
  const withdraw = () =>
    run(async () => {
      await households.withdraw(invitation.id);
      announce("The invitation is void.");
    });
  return (
    <li className="line">
      <div className="line-main">
        <span className="line-title">{invitation.email ?? "Whoever has the link"}</span>
        <span className="muted">
          {invitation.invited_by && `Invited by ${invitation.invited_by} · `}
          ends {fromNow(invitation.expires_at, locale)}
        </span>
      </div>
      <span className="badge">{roleNames[invitation.role]}</span>
      <Button kind="quiet" isBusy={isBusy} onClick={withdraw}>
        Withdraw
      </Button>
    </li>
  );
}

type Made = { link: string; email: string };

function InviteDialog({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<Made | null>(null);
  return (
    <Dialog title={made ? "The invitation is ready" : "Invite someone"} onClose={onClose}>
      {made ? (
        <div className="form">
          <p>
            {made.email
              ? `A letter is on its way to ${made.email}. You can also send the link yourself.`
              : "Send this link to whom you mean: it lets in one person, once."}
          </p>
          <CopyField
            label="Link"
            value={made.link}
            hint="It is shown only now and ends in a week."
          />
          <div className="form-actions">
            <Button kind="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        </div>
      ) : (
        <InviteForm onMade={setMade} onClose={onClose} />
      )}
    </Dialog>
  );
}

type InviteFormProps = { onMade: (made: Made) => void; onClose: () => void };

function InviteForm({ onMade, onClose }: InviteFormProps) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<HouseholdRole>("editor");
  const { isBusy, fields, run } = useAction();
  const invite = () => {
    void run(async () => {
      const address = email.trim();
      const { link } = await households.invite({ role, ...(address && { email: address }) });
      onMade({ link, email: address });
    });
  };
  return (
    <Form verb="Make the invitation" onSubmit={invite} isBusy={isBusy} onCancel={onClose}>
      <TextField
        label="Email"
        type="email"
        autoComplete="off"
        hint="Optional. With it, only that person can accept."
        value={email}
        onChange={setEmail}
        problem={fields["email"]}
      />
      <SelectField
        label="Role"
        hint={roleMeanings[role]}
        value={role}
        onChange={(next) => setRole(next as HouseholdRole)}
        problem={fields["role"]}
      >
        <option value="editor">{roleNames.editor}</option>
        <option value="viewer">{roleNames.viewer}</option>
      </SelectField>
    </Form>
  );
}
