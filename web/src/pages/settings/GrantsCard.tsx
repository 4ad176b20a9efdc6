import { useState } from "react";
import { households } from "../../api/identity.ts";
import type { Grant } from "../../api/people.ts";
import { useSession } from "../../app/session.ts";
import { useResource } from "../../data/resource.ts";
import { formatInstant } from "../../dates/instant.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { SelectField, TextField } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { ProblemNote } from "../../ui/Notices.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";

export function GrantsCard() {
  const { value: grants, error } = useResource("grants", households.grants);
  const [isGranting, setGranting] = useState(false);
  return (
    <Card
      title="Help from an administrator"
      lead="Whoever runs this server cannot see your books, unless you let one of them for some hours."
      actions={<Button onClick={() => setGranting(true)}>Let someone in</Button>}
    >
      {error && !grants ? <ProblemNote error={error} /> : null}
      {grants && grants.length > 0 && (
        <ul className="lines">
          {grants.map((grant) => (
            <GrantLine key={grant.id} grant={grant} />
          ))}
        </ul>
      )}
      {isGranting && <GrantDialog onClose={() => setGranting(false)} />}
    </Card>
  );
}

function GrantLine({ grant }: { grant: Grant }) {
  const { locale, user } = useSession();
  const { isBusy, run } = useAction();
  const end = () =>
    run(async () => {
      await households.endGrant(grant.id);
      announce(`${grant.person.name} no longer sees these books.`);
    });
  return (
    <li className="line">
      <div className="line-main">
        <span className="line-title">{grant.person.name}</span>
        <span className="muted">
          {grant.person.email} · sees everything until{" "}
          {formatInstant(grant.expires_at, { locale, timeZone: user.time_zone })}
        </span>
        {grant.reason && <span>{grant.reason}</span>}
      </div>
      <Button kind="quiet" isBusy={isBusy} onClick={end}>
        End now
      </Button>
    </li>
  );
}

const spans: readonly { hours: string; label: string }[] = [
  { hours: "1", label: "One hour" },
  { hours: "4", label: "4 hours" },
  { hours: "24", label: "A day" },
  { hours: "72", label: "3 days" },
];

function GrantDialog({ onClose }: { onClose: () => void }) {
  const [email, setEmail] = useState("");
  const [hours, setHours] = useState("4");
  const [reason, setReason] = useState("");
  const { isBusy, fields, run } = useAction();
  const grant = async () => {
    const done = await run(async () => {
      const made = await households.grant({
        email: email.trim(),
        hours: Number(hours),
        reason: reason.trim(),
      });
      announce(`${made.person.name} can read these books for a while.`);
    });
    if (done) onClose();
  };
  return (
    <Dialog title="Let an administrator in" onClose={onClose}>
      <Form verb="Let them in" onSubmit={grant} isBusy={isBusy} onCancel={onClose}>
        <p className="muted">They read, change nothing, and the activity shows that they looked.</p>
        <TextField
          label="Email of the administrator"
          type="email"
          autoComplete="off"
          value={email}
          onChange={setEmail}
          problem={fields["email"]}
          required
        />
        <SelectField label="For" value={hours} onChange={setHours} problem={fields["hours"]}>
          {spans.map(({ hours: value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Why"
          value={reason}
          onChange={setReason}
          problem={fields["reason"]}
          maxLength={200}
          required
        />
      </Form>
    </Dialog>
  );
}
