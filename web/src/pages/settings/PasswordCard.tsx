import { useState } from "react";
import { auth } from "../../api/identity.ts";
import { useSession } from "../../app/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Form } from "../../ui/Form.tsx";
import { announce } from "../../ui/toasts.ts";
import { useAction } from "../../ui/useAction.ts";
import { NewPasswordField } from "../auth/NewPasswordField.tsx";
import { PresentPasswordField } from "../auth/PresentPasswordField.tsx";

export function PasswordCard({ hasPassword }: { hasPassword: boolean }) {
  const [isChanging, setChanging] = useState(false);
  if (!hasPassword) return <NoPassword />;
  return (
    <Card
      title="Password"
      lead="Changing it signs out every other device."
      actions={<Button onClick={() => setChanging(true)}>Change password</Button>}
    >
      {isChanging && <ChangePasswordDialog onClose={() => setChanging(false)} />}
    </Card>
  );
}

function NoPassword() {
  const { user } = useSession();
  const { isBusy, run } = useAction();
  const send = () =>
    run(async () => {
      await auth.requestReset(user.email);
      announce(`A letter is on its way to ${user.email}.`);
    });
  return (
    <Card
      title="Password"
      lead="You have none. A letter with a link lets you set one."
      actions={
        <Button icon="mail" isBusy={isBusy} onClick={send}>
          Send the letter
        </Button>
      }
    />
  );
}

function ChangePasswordDialog({ onClose }: { onClose: () => void }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const { isBusy, fields, run } = useAction();
  const save = async () => {
    const done = await run(async () => {
      await auth.changePassword(current, next);
      announce("Your password is changed. Your other devices are signed out.");
    });
    if (done) onClose();
  };
  return (
    <Dialog title="Change password" onClose={onClose}>
      <Form
        verb="Change password"
        onSubmit={save}
        isBusy={isBusy}
        isReady={current !== "" && next !== ""}
        onCancel={onClose}
      >
        <PresentPasswordField
          label="Present password"
          value={current}
          onChange={setCurrent}
          problem={fields["current_password"]}
        />
        <NewPasswordField
          label="New password"
          value={next}
          onChange={setNext}
          problem={fields["new_password"]}
        />
      </Form>
    </Dialog>
  );
}
