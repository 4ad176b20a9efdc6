import type { FormEvent, ReactNode } from "react";
import { Button } from "./Button.tsx";

type FormProps = {
  /** What the button does, in a word or two. */
  verb: string;
  onSubmit: () => unknown;
  isBusy: boolean;
  isReady?: boolean;
  /** Where there is a way out besides leaving the page. */
  onCancel?: () => void;
  children: ReactNode;
};

/** Boxes, then the button that sends them. Which of them are wrong is said by the server. */
export function Form({ verb, onSubmit, isBusy, isReady = true, onCancel, children }: FormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // It may stand in a dialog inside another form, which must not be sent with it.
    event.stopPropagation();
    void onSubmit();
  };
  return (
    <form className="form" onSubmit={submit} noValidate>
      {children}
      <div className="form-actions">
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
        <Button type="submit" kind="primary" isBusy={isBusy} disabled={!isReady}>
          {verb}
        </Button>
      </div>
    </form>
  );
}
