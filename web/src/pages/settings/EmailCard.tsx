import { useState } from "react";
import { auth } from "../../api/identity.ts";
import { useSession } from "../../app/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";

export function EmailCard() {
  const { user } = useSession();
  const [isChanging, setChanging] = useState(false);
  const { isBusy, run } = useAction();
  const resend = () =>
    run(async () => {
      await auth.resendVerification();
      announce(`A letter is on its way to ${user.email}.`);
    });
  const isUnverified = user.email_verified === false;
  return (
    <Card
      title="Email"
      lead="You sign in with it, and letters about your account go there."
      actions={<Button onClick={() => setChanging(true)}>Change</Button>}
    >
      <div className="setting">
        <span className="email">{user.email}</span>
        {user.email_verified && <span className="badge badge-committed">Confirmed</span>}
        {isUnverified && <span className="badge badge-preview">Not confirmed yet</span>}
      </div>
      {isUnverified && (
        <div className="setting">
          <span className="muted">Open the link in the letter that we sent to it.</span>
          <Button icon="mail" isBusy={isBusy} onClick={resend}>
            Send it again
          </Button>
        </div>
      )}
      {isChanging && <ChangeEmailDialog onClose={() => setChanging(false)} />}
    </Card>
  );
}

function ChangeEmailDialog({ onClose }: { onClose: () => void }) {
  const [email, setEmail] = useState("");
  const { isBusy, fields, run } = useAction();
  const send = async () => {
    const done = await run(async () => {
      await auth.changeEmail(email.trim());
      announce(`Open the link in the letter to ${email.trim()}: then the new address counts.`);
    });
    if (done) onClose();
  };
  return (
    <Dialog title="Change the email address" onClose={onClose}>
      <Form
        verb="Send the letter"
        onSubmit={send}
        isBusy={isBusy}
        isReady={email.trim() !== ""}
        onCancel={onClose}
      >
        <TextField
          label="New email"
          type="email"
          autoComplete="email"
          hint="Until its letter is answered, the old address stays."
          value={email}
          onChange={setEmail}
          problem={fields["email"]}
          required
        />
      </Form>
    </Dialog>
  );
}
