import { useEffect } from "react";
import { Button, IconButton } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import { dismissToast, type Toast, useToasts } from "./toasts.ts";

const shownMilliseconds = 8_000;

/** Short news at the foot of the page, read aloud, with the way back where there is one. */
export function Toasts() {
  const toasts = useToasts();
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <ToastItem key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastItem({ toast }: { toast: Toast }) {
  useEffect(() => {
    // A problem stays until it was read.
    if (toast.isProblem) return;
    const timer = setTimeout(() => dismissToast(toast.id), shownMilliseconds);
    return () => clearTimeout(timer);
  }, [toast]);
  const { action } = toast;
  return (
    <div className={toast.isProblem ? "toast toast-problem" : "toast"}>
      {toast.isProblem && <Icon name="warning" />}
      <p>{toast.text}</p>
      {action && (
        <Button
          kind="quiet"
          onClick={() => {
            dismissToast(toast.id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon="close" label="Dismiss" onClick={() => dismissToast(toast.id)} />
    </div>
  );
}
