import type { ReactNode } from "react";
import { Button } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import { useAction } from "./useAction.ts";

type ConfirmDialogProps = {
  title: string;
  /** What the button does, in a word or two. */
  verb: string;
  children: ReactNode;
  onConfirm: () => Promise<void>;
  onClose: () => void;
};

/** Says what will happen before it does, where there is no way back. */
export function ConfirmDialog({ title, verb, children, onConfirm, onClose }: ConfirmDialogProps) {
  const { isBusy, run } = useAction();
  const confirm = async () => {
    if (await run(onConfirm)) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="form">
        {children}
        <div className="form-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="danger" isBusy={isBusy} onClick={confirm}>
            {verb}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
